using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Workbook.Host.Sessions;

/// <summary>What many plain cells declare, as one cell that declares the same.</summary>
/// <param name="All">The variables that can be seen, in the order in which they were declared.</param>
/// <param name="Functions">The functions that can be seen.</param>
/// <param name="Owners">The objects whose fields and functions they are.</param>
/// <param name="Below">What the lowest of the cells stands on.</param>
sealed record PlainVariables(IReadOnlyList<PlainVariables.Variable> All, IReadOnlyList<PlainFunction> Functions,
    IReadOnlyList<object> Owners, CSharpCompilation? Below)
{
    /// <summary>A variable: as the compiler sees it, and where it is.</summary>
    public sealed record Variable(IFieldSymbol Symbol, FieldInfo Field, object Owner);

    static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>What C# says of null in a type, also where that cannot be written.</summary>
    static readonly SymbolDisplayFormat Exact = Format
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNotNullableReferenceTypeModifier);

    /// <summary>The one cell.</summary>
    public string Text => string.Concat(All.Select(v => $"{v.Symbol.Type.ToDisplayString(Format)} @{v.Symbol.Name};\n")
        .Concat(Functions.Select(f => f.Text)));

    /// <summary>Whether a cell of this text declares the same.</summary>
    /// <param name="cell">The cell, compiled.</param>
    /// <param name="type">The type of its object.</param>
    public bool AreThoseOf(CSharpCompilation cell, Type type) => All.All(v =>
        SubmissionFields.Field(type, v.Symbol.Name)?.FieldType == v.Field.FieldType
        && cell.ScriptClass!.GetMembers(v.Symbol.Name) is [IFieldSymbol now]
        && now.Type.ToDisplayString(Exact) == v.Symbol.Type.ToDisplayString(Exact)) && Functions.All(f => f.IsIn(cell));

    /// <summary>Puts the object of the one cell in the place of the others.</summary>
    /// <param name="owner">The object; it gets the values.</param>
    /// <param name="states">The objects of the cells.</param>
    public void Move(object owner, object?[] states)
    {
        foreach (var variable in All)
            SubmissionFields.Field(owner.GetType(), variable.Symbol.Name)!.SetValue(owner, variable.Field.GetValue(variable.Owner));
        for (var i = 0; i < states.Length; i++)
            if (Owners.Contains(states[i])) states[i] = null;
    }
}
