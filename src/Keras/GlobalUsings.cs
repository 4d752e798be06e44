global using Workbook.Tensors;
