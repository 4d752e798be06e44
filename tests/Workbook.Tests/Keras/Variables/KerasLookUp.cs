using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;
using static Workbook.Tests.Keras.Variables.Attempts;

namespace Workbook.Tests.Keras.Variables;

/// <summary>
/// What somebody tried in Keras, what one writes here, and what comes of it: the last column of docs/variables-in-keras.md.
/// </summary>
/// <param name="Here">What one writes here.</param>
/// <param name="Verdict">What comes of it, as the page says it.</param>
/// <param name="Check">Tries it.</param>
sealed record KerasLookUp(string Here, string Verdict, Action Check)
{
    const double Start = 0.3;

    /// <summary>It trains, and nobody has to be told anything.</summary>
    /// <param name="here">What one writes here.</param>
    /// <param name="fit">Trains with the given variable, and gives back the one that should have moved.</param>
    public static KerasLookUp Trains(string here, Func<Variable, Variable> fit) => new(here, "trains", () =>
        Assert.DoesNotContain("does not own", Moved(fit).Said, StringComparison.Ordinal));

    public static KerasLookUp Trains(string here, string attempt) => Trains(here, Fitted(Attempts.Trained[attempt]));

    /// <summary>It trains, to nonsense, and the first step says so.</summary>
    public static KerasLookUp RunsAway(string here, Func<Variable, Variable> fit) =>
        new(here, "trains; the first step warns that the loss has no lower bound in it", () =>
    {
        var (said, v) = Moved(fit);
        Assert.True(said.Contains($"no lower bound in the variable '{v.name}'", StringComparison.Ordinal), said);
    });

    public static KerasLookUp RunsAway(string here, string attempt) => RunsAway(here, Fitted(Attempts.Trained[attempt]));

    /// <summary>It trains until it leaves the range in which it makes sense, which a warning says.</summary>
    public static KerasLookUp Leaves(string here, Func<Variable, Model> model) =>
        new(here, "trains; a warning says when it leaves its range", () =>
        Assert.Contains("the variable 'v' has left its range", Moved(Fitted(model)).Said, StringComparison.Ordinal));

    /// <summary>It is used and does not move, which a warning says.</summary>
    public static KerasLookUp Stays(string here, string attempt) => new(here, "does not move; a warning names it and says why", () =>
    {
        var (said, v) = Said(Fitted(Attempts.Reported[attempt].Model));
        Assert.Equal((float)Start, (float)v);
        Assert.Contains("'v'", said, StringComparison.Ordinal);
        Assert.Contains(Attempts.Reported[attempt].Words, said, StringComparison.Ordinal);
    });

    /// <summary>It is a plain number from there on, as the cast says.</summary>
    public static KerasLookUp Freezes(string here, Func<Variable, Model> model) =>
        new(here, "a constant; the cast says that it is meant", () =>
    {
        var (said, v) = Said(Fitted(model));
        Assert.Equal((float)Start, (float)v);
        Assert.Empty(said);
    });

    /// <summary>C# refuses to compile the line, and would compile what stands before it.</summary>
    public static KerasLookUp Refused(string line, string error, string before = "") =>
        new($"`{line}`", $"does not compile ({error})", () =>
    {
        var given = $"Variable v = tf.Variable(0.3); {before}";
        Assert.Empty(Errors(given));
        Assert.Equal([error], Errors($"{given} {line}"));
    });

    static string[] Errors(string code)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(p => MetadataReference.CreateFromFile(p));
        var tree = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(kind: SourceCodeKind.Script));
        return [.. CSharpCompilation.CreateScriptCompilation("row", tree, references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, usings:
            ["System.Collections.Generic", "Workbook.Tensors", "Workbook.Keras", "Workbook.Keras.keras"]))
            .GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.Id)];
    }

    static Func<Variable, Variable> Fitted(Func<Variable, Model> model) => v =>
    {
        Fit(model(v));
        return v;
    };

    static (string Said, Variable V) Moved(Func<Variable, Variable> fit)
    {
        var (said, v) = Said(fit);
        Assert.NotEqual((float)Start, (float)v);
        Assert.True(double.IsFinite((double)v), $"it is {(double)v}");
        return (said, v);
    }

    static (string Said, Variable V) Said(Func<Variable, Variable> act)
    {
        tf.random.set_seed(5);
        Variable? v = null;
        var said = ErrorStream.Anew(() => v = act(tf.Variable(Start, name: "v")));
        return (said, v!);
    }
}
