using System.Xml.Linq;
using Xunit;

namespace Workbook.Tests.House;

/// <summary>
/// What others see of a project changes only together with a text that shows it. WORKBOOK_PUBLIC_API=write writes the texts anew.
/// </summary>
public class PublicApiTests
{
    [Theory]
    [InlineData("Tensors")]
    [InlineData("Tensors.TensorFlow")]
    [InlineData("Keras")]
    [InlineData("Helpers")]
    [InlineData("Host")]
    [Trait("speed", "slow")]
    public void The_public_members_of_a_project_are_those_of_its_text(string project)
    {
        var file = Repository.File($"tests/Workbook.Tests/House/PublicApi/{project}.txt");
        var api = PublicApi.Of(project == "Host" ? "workbook" : "Workbook." + project);
        if (Environment.GetEnvironmentVariable("WORKBOOK_PUBLIC_API") == "write") File.WriteAllText(file, api);
        var text = File.ReadAllText(file).ReplaceLineEndings("\n");
        string[] gone = [.. text.Split('\n').Except(api.Split('\n'))], come = [.. api.Split('\n').Except(text.Split('\n'))];
        Assert.True(api == text, $"{project}: gone from what others see: {string.Join(';', gone)}. New: {string.Join(';', come)}. "
            + "If this is meant, run the test with WORKBOOK_PUBLIC_API=write and commit the text.");
    }
}
