using System.Xml.Linq;
using Xunit;

namespace Workbook.Tests;

/// <summary>
/// The direction of the house: Tensors, Keras, Helpers, each may use only what stands before it; Host uses none of them. TensorFlow as a
/// backend uses Tensors, and nothing uses it.
/// </summary>
public class ArchitectureTests
{
    [Theory]
    [InlineData("Tensors", new string[0], new[] { "System.Numerics.Tensors" })]
    [InlineData("Tensors.TensorFlow", new[] { "Tensors" }, new string[0])]
    [InlineData("Keras", new[] { "Tensors" }, new string[0])]
    [InlineData("Helpers", new[] { "Keras" }, new[] { "Plotly.NET", "Fable.Core" })]
    [InlineData("Interactive", new[] { "Helpers" },
        new[] { "Microsoft.DotNet.Interactive", "Microsoft.AspNetCore.Html.Abstractions", "System.Reactive" })]
    [InlineData("Host", new string[0], new[]
    {
        "Microsoft.CodeAnalysis.CSharp", "Microsoft.CodeAnalysis.CSharp.Features", "Markdig", "Spectre.Console", "System.CommandLine",
            "Plotly.NET", "Fable.Core",
    })]
    public void A_project_uses_only_what_stands_before_it(string project, string[] projects, string[] packages)
    {
        var file = Repository.File($"src/{project}/Workbook.{project}.csproj");
        var items = XDocument.Load(file).Descendants().ToList();
        var used = items.Where(e => e.Name.LocalName == "ProjectReference" && (string?)e.Attribute("ReferenceOutputAssembly") != "false")
            .Select(e => Path.GetFileName(Path.GetDirectoryName(e.Attribute("Include")!.Value.Replace('\\', '/')))!);
        Assert.Empty(used.Except(projects));
        Assert.Empty(items.Where(e => e.Name.LocalName == "PackageReference").Select(e => e.Attribute("Include")!.Value).Except(packages));
    }

    [Theory]
    [InlineData("Workbook.Tensors")]
    [InlineData("Workbook.Tensors.TensorFlow", "Workbook.Tensors")]
    [InlineData("Workbook.Keras", "Workbook.Tensors")]
    [InlineData("Workbook.Helpers", "Workbook.Tensors", "Workbook.Keras")]
    [InlineData("workbook")]
    public void An_assembly_refers_only_to_what_stands_before_it(string assembly, params string[] allowed)
    {
        var own = System.Reflection.Assembly.Load(assembly).GetReferencedAssemblies()
            .Select(a => a.Name!).Where(n => n.StartsWith("Workbook.", StringComparison.Ordinal) || n == "workbook");
        Assert.Empty(own.Except(allowed));
    }
}
