namespace Workbook.Keras; class Placeholder; 
