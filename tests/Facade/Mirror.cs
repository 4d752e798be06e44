using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Facade;

/// <summary>The ops of one class on values that a model will have: an overload for each op that gives a tensor.</summary>
/// <param name="Name">The class that is made.</param>
/// <param name="Ops">The class of the ops.</param>
/// <param name="Call">How the ops are called.</param>
/// <param name="Summary">What is said of the class.</param>
sealed record Mirror(string Name, string Ops, string Call, string Summary)
{
    public static Mirror[] All { get; } =
    [
        new("SymbolicMath", "MathOps", "tf.math", "The ops of <c>tf</c> and <c>tf.math</c> on values that a model will have. "
            + "Each remembers the op itself and runs it anew in every step."),
        new("SymbolicNeuralNetwork", "NeuralNetworkOps", "tf.nn", "The ops of <c>tf.nn</c> on values that a model will have."),
        new("SymbolicLinearAlgebra", "LinearAlgebraOps", "tf.linalg", "The ops of <c>tf.linalg</c> on values that a model will have."),
        new("SymbolicShaping", "tf", "tf", "The ops of <c>tf</c> that change shapes, on values that a model will have. "
        + "A length that depends on the batch is stated as −1."),
    ];

    /// <summary>Ops that a model cannot have between its layers, with the reason.</summary>
    static readonly Dictionary<string, string> Apart = new()
    {
        ["constant"] = "makes a constant of what it gets",
        ["convert_to_tensor"] = "makes a constant of what it gets",
        ["fill"] = "makes a constant of a shape",
        ["range"] = "its length is a value",
        ["linspace"] = "takes numbers, not batches",
        ["shape"] = "the batch of a model is not known beforehand",
        ["size"] = "the batch of a model is not known beforehand",
        ["rank"] = "a number, not a batch",
        ["broadcast_to"] = "needs the whole shape, and the batch is not known beforehand",
        ["unstack"] = "as many results as rows, and the batch is not known beforehand",
        ["unsorted_segment_sum"] = "joins rows of a batch",
        ["segment_sum"] = "joins rows of a batch",
        ["embedding_lookup"] = "looks rows up in a table of weights; a layer does",
        ["reshape"] = "written by hand: it refuses a stated batch",
    };

    public string Text(Sources sources)
    {
        var page = new Page();
        page.Comment($"<summary>{Summary}</summary>");
        page.Open($"public static partial class {Name}");
        page.Open($"extension({Ops})");
        var first = true;
        foreach (var op in sources.Parts(Ops).SelectMany(c => c.Members.OfType<MethodDeclarationSyntax>()).Where(Takes).OrderBy(m =>
            m.Identifier.Text, StringComparer.Ordinal))
        {
            if (!first) page.Line();
            first = false;
            Write(page, op);
        }
        page.Close();
        page.Close();
        return page.ToString();
    }

    bool Takes(MethodDeclarationSyntax m) => m.Modifiers.Any(SyntaxKind.PublicKeyword) && m.ReturnType.ToString() is "Tensor" or "Tensor[]"
        && !Apart.ContainsKey(m.Identifier.Text)
        && m.ParameterList.Parameters.Any(p => Symbolic(p) is not null)
            && (m.Identifier.Text != "where" || m.ParameterList.Parameters.Count == 3);

    static string? Symbolic(ParameterSyntax p) => p.Type!.ToString() switch
    {
        "Operand" => "KerasOperand",
        "Operand?" => "KerasOperand?",
        "IEnumerable<Operand>" => "IEnumerable<KerasOperand>",
        "Operand[]" => "KerasOperand[]",
        _ => null,
    };

    void Write(Page page, MethodDeclarationSyntax op)
    {
        var name = op.Identifier.Text;
        var parameters = op.ParameterList.Parameters.ToList();
        page.Line(
            $"/// <inheritdoc "
                + $"cref=\"{Ops}.{name}({string.Join(", ", parameters.Select(p => p.Type!.ToString().Replace('<', '{').Replace('>', '}').Replace("]?", "]")))})\"/>");
        var symbolic = parameters.Where(p => Symbolic(p) is not null).ToList();
        var head = $"public static KerasTensor{(op.ReturnType.ToString() == "Tensor" ? "" : "[]")} "
            + $"{name}({string.Join(", ", parameters.Select(Declared))}) => ";
        var many = symbolic.Any(p => p.Type!.ToString() is "IEnumerable<Operand>" or "Operand[]");
        var plain = symbolic.Count == parameters.Count && symbolic.Count <= 2 && !many
            && symbolic.All(p => p.Type!.ToString() == "Operand");
        var given = string.Join(", ", symbolic.Select(p => p.Identifier.Text));
        if (plain) page.Code($"{head}Step.Of(\"{name}\", {Call}.{name}, {given});");
        else
        {
            var passed = string.Join(", ", parameters.Select(p => Symbolic(p) is null ? p.Identifier.Text : many ? "xs!"
                : Passed(symbolic.IndexOf(p), p)));
            var result = op.ReturnType.ToString() == "Tensor" ? $"xs => {Call}.{name}({passed})" : $"xs => {Call}.{name}({passed})";
            page.Code($"{head}Step.{(op.ReturnType.ToString() == "Tensor" ? "Of" : "OfSeveral")}(\"{name}\", {result}, "
                + $"{(many ? $"[.. {given}]" : $"[{given}]")}{Options(parameters)});");
        }
    }

    /// <summary>What is no operand is remembered by name, so that a model can be saved.</summary>
    static string Options(IEnumerable<ParameterSyntax> parameters) => string.Concat(
        parameters.Where(p => Symbolic(p) is null).Select(p => $", (\"{p.Identifier.Text}\", {p.Identifier.Text})"));

    static string Passed(int at, ParameterSyntax p) => $"xs[{at}]{(p.Type!.ToString() == "Operand?" ? "" : "!")}";

    static string Declared(ParameterSyntax p) =>
        $"{(p.Modifiers.Count > 0 ? p.Modifiers + " " : "")}{Symbolic(p) ?? p.Type!.ToString()} "
            + $"{p.Identifier.Text}{(p.Default is null ? "" : $" = {p.Default.Value}")}";
}
