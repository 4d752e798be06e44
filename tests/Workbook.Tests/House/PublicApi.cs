using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Workbook.Tests.House;

/// <summary>What an assembly shows to others, as text: a type a paragraph, a member a line.</summary>
static class PublicApi
{
    static readonly SymbolDisplayFormat types = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword);

    static readonly SymbolDisplayFormat members = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeRef
            | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeAccessibility
            | SymbolDisplayMemberOptions.IncludeConstantValue,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeParamsRefOut
            | SymbolDisplayParameterOptions.IncludeExtensionThis,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <param name="assembly">One that lies beside the tests.</param>
    public static string Of(string assembly)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(p => MetadataReference.CreateFromFile(p)).ToList();
        var compilation = CSharpCompilation.Create("Reader", references: references, options: new(OutputKind.DynamicallyLinkedLibrary));
        var symbol =
            (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(
                references.Single(r => Path.GetFileNameWithoutExtension(r.Display) == assembly))!;
        return string.Join('\n', Types(symbol.GlobalNamespace).Select(Paragraph).Order(StringComparer.Ordinal));
    }

    static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol place) => place.GetMembers().OfType<INamespaceOrTypeSymbol>()
        .Where(m => m is INamespaceSymbol || (Visible(m) && m.CanBeReferencedByName))
            .SelectMany(m => m is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(m));

    static string Paragraph(INamedTypeSymbol type)
    {
        var bases = new[] { type.BaseType }.OfType<INamedTypeSymbol>().Where(b => b.SpecialType == SpecialType.None).Concat(type.Interfaces)
            .Select(b => b.ToDisplayString(members)).ToList();
        var kind =
            $"{(type.IsStatic ? "static " : type is { IsAbstract: true, TypeKind: TypeKind.Class } ? "abstract " : type is { IsSealed: true, TypeKind: TypeKind.Class } ? "sealed " : "")}";
        var lines = type.GetMembers().Where(m => m is not INamedTypeSymbol && Visible(m) && Written(type, m))
            .Select(m => m.ToDisplayString(members)).Order(StringComparer.Ordinal);
        return $"{kind}{type.ToDisplayString(types)}{(bases.Count > 0 ? " : " + string.Join(", ", bases) : "")}\n{string.Concat(lines.Select(l => $"    {l}\n"))}";
    }

    static bool Visible(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;

    /// <summary>Not what the compiler adds, such as the accessors of a property and the equality of a record.</summary>
    static bool Written(INamedTypeSymbol type, ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove } =>
            false,
        IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: 0 } when type.TypeKind is TypeKind.Struct => false,
        IFieldSymbol { Name: "value__" } => false,
        _ => !member.GetAttributes().Any(a => a.AttributeClass?.Name == "CompilerGeneratedAttribute"),
    };
}
