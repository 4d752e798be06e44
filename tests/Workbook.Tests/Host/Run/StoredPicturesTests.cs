using System.Text;
using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Workbook.Host.Run;
using Xunit;

namespace Workbook.Tests.Host.Run;

public sealed class StoredPicturesTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    public void Dispose() => folder.Delete(true);

    static NotebookDocument With(string source, params byte[][] pictures) => IpynbReader.Read(Encoding.UTF8.GetBytes(new JsonObject
    {
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
        ["metadata"] = new JsonObject(),
        ["cells"] = new JsonArray(new JsonObject
        {
            ["cell_type"] = "code",
            ["metadata"] = new JsonObject(),
            ["execution_count"] = 1,
            ["source"] = source,
            ["outputs"] = new JsonArray([.. pictures.Select(p => new JsonObject
            {
                ["output_type"] = "display_data",
                ["metadata"] = new JsonObject(),
                ["data"] = new JsonObject { ["image/png"] = Convert.ToBase64String(p) },
            })]),
        }),
    }.ToJsonString()));

    [Fact]
    public void The_first_picture_of_a_cell_lands_where_its_option_says()
    {
        StoredPictures.Write(With("//| picture: docs/a.png\n1", [1, 2, 3], [4]), folder.FullName);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(Path.Combine(folder.FullName, "docs/a.png")));
    }

    [Fact]
    public void Other_cells_write_nothing()
    {
        StoredPictures.Write(With("1", [1]), folder.FullName);
        Assert.Empty(folder.EnumerateFileSystemInfos());
    }

    [Theory]
    [InlineData("/etc/a.png")]
    [InlineData("a.sh")]
    public void Only_a_png_on_a_path_from_the_notebook_is_written(string path)
    {
        var error = Assert.Throws<IOException>(() => StoredPictures.Write(With($"//| picture: {path}\n1", [1]), folder.FullName));
        Assert.Contains($"Received: {path}.", error.Message);
        Assert.Empty(folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public void A_cell_without_a_picture_is_said_and_what_there_was_stays()
    {
        var target = Path.Combine(folder.FullName, "a.png");
        File.WriteAllBytes(target, [9]);
        Assert.Contains("Received: no picture",
            Assert.Throws<IOException>(() => StoredPictures.Write(With("//| picture: a.png\n1"), folder.FullName)).Message);
        Assert.Equal([9], File.ReadAllBytes(target));
    }
}
