// What every notebook begins with. .NET Interactive is told two things before the libraries load; other hosts need nothing.
if (System.Runtime.Loader.AssemblyLoadContext.Default.Assemblies.Any(a => a.GetName().Name == "Microsoft.DotNet.Interactive"))
{
    var path = System.IO.Path.GetFullPath("../artifacts/interactive/Workbook.Interactive.dll");
    if (!System.IO.File.Exists(path))
        throw new System.IO.FileNotFoundException(
            $"Expected the libraries to be built. Received: no {path}. Run in the repository: dotnet build src/Host -c Release");
    System.Runtime.Loader.AssemblyLoadContext.Default.LoadFromAssemblyPath(path)
        .GetType("Workbook.Interactive.Extension").GetMethod("Load").Invoke(null, null);
}

#!import references.csx
