namespace Workbook.Helpers; class Placeholder; 
