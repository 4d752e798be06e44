using Workbook.Host.Documents;
using Workbook.Host.Run;
using Xunit;

namespace Workbook.Tests.Notebooks;

/// <summary>Pictures of the README and the docs that notebooks have drawn.</summary>
public class PictureTests
{
    const string Hero = "../docs/strength.png";

    static NotebookDocument Twin(string notebook) => NotebookFile.Read(Repository.File($"notebooks/{notebook}.ipynb"));

    [Fact]
    public void A_picture_is_the_one_that_the_executed_twin_shows()
    {
        var pictures = Directory.GetFiles(Repository.File("notebooks"), "*.ipynb").Select(f => NotebookFile.Read(f))
            .SelectMany(StoredPictures.Of).ToList();
        Assert.Contains(pictures, p => p.Path == Hero);
        Assert.All(pictures, p => Assert.True(
            p.Picture is not null && File.ReadAllBytes(Repository.File($"notebooks/{p.Path}")).SequenceEqual(p.Picture),
            $"Expected {p.Path} as the notebook draws it. Received: another picture. Run the notebook with --update."));
    }

    [Fact]
    public void The_readme_says_of_its_picture_what_the_picture_says()
    {
        var cell = Twin("01-the-strength-that-ran-away").Cells.Single(c => CellOptions.Value(c.Source, StoredPictures.Option) == Hero);
        var title = NotebookJson.Text(cell.Outputs.First(o => o.Bundle?["text/plain"] is not null).Bundle!["text/plain"])!;
        Assert.Contains($"![{title[..title.IndexOf(". Horizontal", StringComparison.Ordinal)]}](docs/strength.png)",
            File.ReadAllText(Repository.File("README.md")));
        Assert.Contains("remember", cell.Tags);
    }
}
