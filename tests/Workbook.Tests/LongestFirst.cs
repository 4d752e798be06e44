using Workbook.Tests.Host.Jupyter;
using Workbook.Tests.Host.Run;
using Workbook.Tests.Host.Sessions;
using Workbook.Tests.Notebooks;
using Workbook.Tests.Packages;
using Xunit.Sdk;
using Xunit.v3;

[assembly: Xunit.TestCollectionOrderer(typeof(Workbook.Tests.LongestFirst))]

namespace Workbook.Tests;

/// <summary>The classes that take minutes begin first: begun last, one of them would run alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    /// <summary>
    /// Those that take longest, in the order of their times; between them those that mostly wait, so that what runs side by side does not
    /// need all processors at once.
    /// </summary>
    static readonly string[] Order =
    [
        .. new[]
        {
            typeof(DotNetInteractiveTests), typeof(LeftoverTests), typeof(DotNetReplTests), typeof(PackageTests), typeof(KernelLifeTests),
            typeof(ReproducibleTests), typeof(DeepCodeTests), typeof(ElsewhereTests), typeof(CloneTests), typeof(JupyterClientTests),
            typeof(SessionMemoryTests),
        }.Select(t => t.FullName!),
    ];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(c => Place(c.TestCollectionDisplayName))];

    /// <summary>A collection of one class bears its name: "Test collection for Workbook.Tests.X (id: …)".</summary>
    static int Place(string collection)
    {
        var place = Array.FindIndex(Order, name => collection.Contains($" {name} ", StringComparison.Ordinal));
        return place < 0 ? Order.Length : place;
    }
}
