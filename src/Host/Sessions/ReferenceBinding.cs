using Microsoft.CodeAnalysis;

namespace Workbook.Host.Sessions;

/// <summary>
/// Compilations find the symbols of what they refer to one after another. Of two at the same time each makes its own for an assembly that
/// is new, and a later cell may then meet both: its types are not those of the cell before, although they have the same names.
/// </summary>
static class ReferenceBinding
{
    static readonly Lock one = new();

    /// <summary>The compilation, once it knows its symbols.</summary>
    public static T Of<T>(T compilation)
        where T : Compilation
    {
        lock (one) _ = compilation.Assembly;
        return compilation;
    }
}
