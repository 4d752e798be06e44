namespace Workbook.Tensors; class Placeholder; 
