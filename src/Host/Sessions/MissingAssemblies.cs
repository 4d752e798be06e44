using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Workbook.Host.Sessions;

/// <summary>
/// Finds the assemblies that referenced assemblies depend on. Cells can use values of their types but cannot name them,
/// as in .NET Interactive: what a cell names, a <c>#r</c> names.
/// </summary>
/// <remarks>
/// The framework's assemblies are found too, although a cell that names their types is given all of them: to the compiler an assembly
/// is another one once something that it depends on is no longer missing, and then its types are not those of earlier cells.
/// </remarks>
/// <param name="references">The assemblies that cells can name, and their folders.</param>
sealed class MissingAssemblies(ReferenceSet references) : MetadataReferenceResolver
{
    static readonly MetadataReferenceProperties Implicit = MetadataReferenceProperties.Assembly.WithAliases(["<implicit>"]);

    static readonly Dictionary<string, PortableExecutableReference> Cache = [];

    /// <inheritdoc/>
    public override bool ResolveMissingAssemblies => true;

    /// <inheritdoc/>
    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity)
    {
        var name = new AssemblyName(referenceIdentity.Name);
        if ((references.Find(name) ?? Framework.Paths.GetValueOrDefault(referenceIdentity.Name)) is not { } path) return null;
        lock (Cache)
        {
            if (!Cache.TryGetValue(path, out var reference))
            {
                Cache[path] = reference = Framework.Paths.GetValueOrDefault(referenceIdentity.Name) == path
                    ? Framework.Reference(referenceIdentity.Name).WithProperties(Implicit)
                    : MetadataReference.CreateFromFile(path, Implicit, new AssemblyDocumentation(path));
            }

            return reference;
        }
    }

    /// <inheritdoc/>
    public override ImmutableArray<PortableExecutableReference> ResolveReference(string reference, string? baseFilePath,
        MetadataReferenceProperties properties) =>
        [];

    /// <inheritdoc/>
    public override bool Equals(object? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => references.GetHashCode();
}
