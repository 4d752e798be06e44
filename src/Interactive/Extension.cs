using Microsoft.DotNet.Interactive;

namespace Workbook.Interactive;

/// <summary>
/// What .NET Interactive loads with the package <c>Workbook.Interactive</c>, and a notebook of the repository by <c>#!import
/// workbook.csx</c>.
/// </summary>
/// <remarks>
/// .NET Interactive brings an FSharp.Core of its own and leaves that of packages out, although Plotly.NET asks for a newer one; see
/// <see cref="FSharpCore"/>. And it shows objects as trees of their properties; see <see cref="Words"/>. Figures, tables and recorders need
/// no help:
/// they name their formatters by an attribute that it knows.
/// </remarks>
public sealed class Extension : IKernelExtension
{
    static int loaded;

    /// <summary>Called by .NET Interactive after <c>#r "nuget: Workbook.Interactive, …"</c>.</summary>
    /// <param name="kernel">The kernel that asked for the package.</param>
    public Task OnLoadAsync(Kernel kernel)
    {
        Load();
        return Task.CompletedTask;
    }

    /// <summary>Prepares this process; once, however often it is called.</summary>
    public static void Load()
    {
        if (Interlocked.Exchange(ref loaded, 1) == 1) return;
        FSharpCore.Settle();
        Words.Register();
    }
}
