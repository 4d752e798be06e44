namespace Workbook.Host.Run.Parameters;

/// <summary>A variable that a cell tagged <c>parameters</c> declares.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type; null when the declaration does not show one whose values can be given as text.</param>
sealed record Parameter(string Name, ParameterType? Type)
{
    /// <summary>The declaration that gives it another value.</summary>
    /// <exception cref="FormatException">The value is not of the parameter's type.</exception>
    public string Declaration(string value) => Type is null
        ? throw new FormatException(
            $"--set {Name}: a parameter needs a type that can be seen, declared or from a literal: {string.Join(", ", Literal.Types)}, an "
                + "enumeration, or an array or list of these; with ? it takes null.")
        : Type.Write(value) is { } literal ? $"{Type.Declared} {Name} = {literal};"
        : throw new FormatException($"--set {Name}: expected a value of type {Type.Words}. Received: {value}.");
}
