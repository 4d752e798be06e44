using Workbook.Helpers;
using Xunit;

namespace Workbook.Tests.Helpers.Data;

public class CsvTests
{
    [Fact]
    public void In_a_table_of_one_column_a_missing_value_is_a_row()
    {
        Assert.Equal(["1", "", "3"], Csv.Parse("a\n1\n\n3\n\n\n").Text("a"));
        Assert.Equal(["1", ""], Csv.Parse("a\n1\n\"\"\n").Text("a"));
        Assert.Contains("line 3", Assert.Throws<CsvException>(() => Csv.Parse("a\n1\n\n3\n").Numbers("a")).Message);
        Assert.Equal(["1", "3"], Csv.Parse("a,b\n1,2\n\n3,4\n").Text("a"));
    }

    [Fact]
    public void What_is_no_text_or_no_number_is_said()
    {
        var file = Path.GetTempFileName();
        File.WriteAllBytes(file, [(byte)'a', (byte)'\n', 0xC3, 0x28]);
        Assert.Contains("expected UTF-8 text", Assert.Throws<CsvException>(() => Csv.Read(file)).Message);
        File.Delete(file);
        Assert.Contains("a folder", Assert.Throws<CsvException>(() => Csv.Read(Path.GetTempPath())).Message);
        Assert.Throws<CsvException>(() => Csv.Parse("a\n1\0\n").Numbers("a"));
    }

    [Fact]
    public void Columns_are_read_by_name_as_text_or_numbers()
    {
        var csv = Csv.Parse("name,mass\nsun,1e3\nmoon,-0.5\n");
        Assert.Equal(["name", "mass"], csv.Columns);
        Assert.Equal(["sun", "moon"], csv.Text("name"));
        Assert.Equal([1000, -0.5], csv.Numbers("mass"));
    }

    [Theory]
    [InlineData("a,b\r\n1,2\r\n")]
    [InlineData("a,b\n1,2")]
    [InlineData("\uFEFFa,b\n\n1,2\n\n")]
    [InlineData("a,b\r1,2\r")]
    public void Line_ends_blank_lines_and_a_byte_order_mark_do_not_matter(string text)
    {
        var csv = Csv.Parse(text);
        Assert.Equal(["a", "b"], csv.Columns);
        Assert.Equal([2], csv.Numbers("b"));
    }

    [Fact]
    public void A_quoted_field_may_hold_commas_lines_and_quotes()
    {
        var csv = Csv.Parse("a,b\n\"x, \"\"y\"\"\nz\",\"\"\n");
        Assert.Equal(["x, \"y\"\nz"], csv.Text("a"));
        Assert.Equal([""], csv.Text("b"));
    }

    [Theory]
    [InlineData("", "f.csv: expected a header line. Received: an empty file.")]
    [InlineData("a,b\n1,2\n3\n", "f.csv, line 3: expected 2 fields, as in the header. Received: 1.")]
    [InlineData("a,a\n1,2\n", "f.csv, line 1: expected each column once. Received: 'a' 2 times.")]
    [InlineData("a\n\"x\n", "f.csv, line 2: expected a closing quote. Received: the end of the file.")]
    [InlineData("a\n\"x\"y\n", "f.csv, line 2: expected a comma or the end of the line after a quoted field. Received: 'y'.")]
    public void A_malformed_file_is_refused_with_its_line(string text, string message) =>
        Assert.Equal(message, Assert.Throws<CsvException>(() => Csv.Parse(text, "f.csv")).Message);

    [Theory]
    [InlineData("1,5")]
    [InlineData("NaN")]
    [InlineData("")]
    [InlineData("1 2")]
    public void What_is_no_number_is_refused_with_line_and_column(string field)
    {
        // The quoted field above spans two lines, so the line is counted, not the row.
        var csv = Csv.Parse($"a,b\n\"x\ny\",1\nz,\"{field}\"\n", "f.csv");
        Assert.Equal($"f.csv, line 4, column 'b': expected a number such as 32.1. Received: '{field}'.",
            Assert.Throws<CsvException>(() => csv.Numbers("b")).Message);
    }

    [Fact]
    public void An_unknown_column_is_refused_with_the_known_ones() =>
        Assert.Equal("f.csv: expected a column of the header (a, b). Received: 'c'.",
            Assert.Throws<CsvException>(() => Csv.Parse("a,b\n", "f.csv").Text("c")).Message);
}
