using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace Workbook.Benchmarks;

/// <summary>
/// The least that could run a notebook: Roslyn scripting, one cell after the other, in this process. It tells how fast a machine is.
/// </summary>
static class Bare
{
    public static async Task RunAsync(string notebook)
    {
        var options = ScriptOptions.Default.WithImports("System", "System.Linq", "System.Collections.Generic", "System.Threading.Tasks")
            .WithReferences(typeof(object).Assembly, typeof(Enumerable).Assembly, typeof(Console).Assembly);
        ScriptState<object>? state = null;
        foreach (var cell in File.ReadAllText(notebook).Split("#!csharp\n").Skip(1))
        {
            state = state is null ? await CSharpScript.RunAsync(cell, options) : await state.ContinueWithAsync(cell);
            if (state.ReturnValue is { } value) Console.WriteLine(value);
        }
    }
}
