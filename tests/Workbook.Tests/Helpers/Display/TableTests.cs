using Workbook.Helpers;
using Xunit;

namespace Workbook.Tests.Helpers.Display;

public class TableTests
{
    static readonly Table Sample = new(["name", "λ"], [["ridge & co", "0.1"], ["<none>", "12.25"]]);

    [Fact]
    public void As_text_columns_are_aligned() =>
        Assert.Equal("name        λ\n----------  -----\nridge & co  0.1\n<none>      12.25", Sample.ToString());

    [Fact]
    public void As_html_texts_are_escaped()
    {
        var shown = Shown.As("text/html", Sample);
        Assert.Contains("<th>λ</th>", shown);
        Assert.Contains("<td>&lt;none&gt;</td>", shown);
        Assert.Contains("ridge &amp; co", shown);
    }

    [Fact]
    public void A_row_of_another_length_is_refused() =>
        Assert.Contains("Expected 2 cells", Assert.Throws<ArgumentException>(() => new Table(["a", "b"], [["1"]])).Message);
}
