// No such file? Run in the repository: dotnet build src/Host -c Release
#r "../artifacts/helpers/Workbook.Tensors.dll"
#r "../artifacts/helpers/Workbook.Keras.dll"
#r "../artifacts/helpers/Workbook.Helpers.dll"
