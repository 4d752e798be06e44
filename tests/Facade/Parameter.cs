using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Facade;

/// <summary>A parameter of a factory, and how it is passed to the constructor.</summary>
sealed record Parameter(string Type, string Name, string? Default, string? Doc, string Passed)
{
    public string Declaration => $"{Type} {Name}{(Default is null ? "" : $" = {Default}")}";

    /// <summary>The type of a function that may stand here; C# takes no lambda for a class that converts from functions.</summary>
    public string? Function => Type.TrimEnd('?') switch
    {
        "Hyperparameter" or "LearningRate" => "Func<Tensor>",
        "ActivationFunction" => "Func<Tensor, Tensor>",
        _ => null,
    };

    public static Parameter Of(ParameterSyntax p, Doc doc) =>
        new(p.Type!.ToString(), p.Identifier.Text, p.Default?.Value.ToString(), doc.Param(p.Identifier.ValueText), p.Identifier.Text);

    /// <summary>The same with a function in place of a number or of a named activation.</summary>
    public Parameter AsFunction() => this with
    {
        Type = Function!,
        Default = null,
        Doc = Function == "Func<Tensor>" ? Doc?.Replace("</param>", " Here as a function of variables, evaluated anew whenever it is "
        + "needed.</param>")
            : Doc?.Replace("</param>", " Here a function of your own; variables that it reads train.</param>"),
        Passed = Function == "Func<Tensor>" ? $"Hyperparameter.Of({Name})" : Name,
    };
}
