using Workbook.Facade;
using Workbook.Tests.Host;
using Xunit;

namespace Workbook.Tests.Keras;

/// <summary>The factories of <c>keras</c> and the ops on symbolic values are made from the classes, the ops and their
/// documentation.</summary>
public class FacadeTests
{
    public static TheoryData<string> Paths => [.. Files.Made(Repository.Root).Select(f => f.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_made_file_is_what_the_maker_makes_of_the_sources(string path)
    {
        var made = Files.Made(Repository.Root).Single(f => f.Path == path).Text;
        Assert.True(File.ReadAllText(Repository.File(path)) == made,
            $"{path} is not what the sources say. Make it anew: dotnet run --project tests/Facade");
        Assert.All(made.Split('\n'), line => Assert.InRange(line.Length, 0, 140));
    }

    [Fact]
    public void No_made_file_is_left_behind() => Assert.Equal(Paths.Select(p => p.Data).Order(),
        Directory.EnumerateFiles(Repository.File("src/Keras/Facade"), "*.generated.cs").Select(f =>
        "src/Keras/Facade/" + Path.GetFileName(f)).Order());

    [Fact]
    public void A_layer_in_one_file_has_a_factory_with_its_documentation_and_the_options_of_all_layers()
    {
        using var folder = new Sandbox();
        folder.Write("Layer.cs", """
            namespace N;
            public abstract class Layer
            {
                /// <summary>A penalty.</summary>
                public Regularizer? activity_regularizer { get; init; }
            }
            """);
        folder.Write("Shift.cs", """
            namespace N;
            /// <summary>x + by.</summary>
            /// <param name="by">How far.</param>
            public sealed class Shift(Hyperparameter by, string? name = null) : Layer(name);
            sealed class Hidden : Layer;
            """);
        var text = Factories.Of(Family.All.Single(f => f.File == "layers"), new Sources(folder.Folder));
        Assert.Contains("/// <summary>x + by.</summary>", text, StringComparison.Ordinal);
        Assert.Contains("public static Shift Shift(Hyperparameter by, string? name = null, Regularizer? activity_regularizer = null) => "
            + "new(by, name)", text, StringComparison.Ordinal);
        Assert.Contains("public static Shift Shift(Func<Tensor> by, ", text, StringComparison.Ordinal);
        Assert.Contains("<param name=\"activity_regularizer\">A penalty.</param>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Hidden", text, StringComparison.Ordinal);
    }
}
