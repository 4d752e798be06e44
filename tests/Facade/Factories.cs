using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Facade;

/// <summary>One family's factories: a method for each public constructor, with its documentation.</summary>
static class Factories
{
    public static string Of(Family family, Sources sources)
    {
        var page = new Page();
        page.Open("public static partial class keras");
        foreach (var (name, summary) in family.Path.Zip(family.Summaries))
        {
            if (summary is not null) page.Comment($"<summary>{summary}</summary>");
            page.Open($"public static partial class {name}");
        }
        Option[] options = [.. sources.Parts(family.Base).SelectMany(Option.Of)];
        var first = true;
        foreach (var type in sources.Descendants(family.Base, family.Except))
            foreach (var factory in Factory.Of(type, family, options))
            {
                if (!first) page.Line();
                first = false;
                factory.Write(page);
                if (!sources.Descends(type, "Merge")) continue;
                foreach (var of in new[] { "KerasTensor", "Tensor" })
                {
                    page.Line();
                    factory.WriteFunction(page, of);
                }
            }
        foreach (var _ in family.Path) page.Close();
        page.Close();
        return page.ToString();
    }
}
