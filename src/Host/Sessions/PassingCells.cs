using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis.CSharp;

namespace Workbook.Host.Sessions;

/// <summary>
/// Loads cells so that the runtime gives them up when nothing needs them any more: it takes 25 kB for each, and gives back what was loaded
/// together, all or nothing.
/// </summary>
/// <param name="notebook">Where all else of the notebook is loaded. Nothing there may refer to what can go.</param>
/// <param name="most">How many cells are loaded together.</param>
sealed class PassingCells(NotebookLoadContext notebook, int most)
{
    readonly ConditionalWeakTable<CSharpCompilation, object> cells = [];

    readonly List<WeakReference<Group>> groups = [];

    Group? current;

    /// <summary>Whether a cell is one that can go; then so must be those that stand on it.</summary>
    public bool Has(CSharpCompilation? cell) => cell is not null && cells.TryGetValue(cell, out _);

    /// <summary>Remembers that a cell is one.</summary>
    public void Add(CSharpCompilation cell) => cells.Add(cell, this);

    /// <summary>Loads the assembly of a cell that is one.</summary>
    public Assembly Load(string name, MemoryStream pe, MemoryStream? pdb)
    {
        if (current is null || current.Count == most)
        {
            // The assemblies live on until nothing refers to them.
            current?.Unload();
            groups.RemoveAll(g => !g.TryGetTarget(out _));
            groups.Add(new(current = new Group(this)));
        }

        return current.Add(name, current.LoadFromStream(pe, pdb));
    }

    Assembly? Find(string name)
    {
        foreach (var reference in groups)
            if (reference.TryGetTarget(out var group) && group.Find(name) is { } assembly) return assembly;
        return null;
    }

    sealed class Group(PassingCells all) : AssemblyLoadContext("cells", isCollectible: true)
    {
        // Until all of them can go, the runtime holds the group. So the group must not hold them.
        readonly Dictionary<string, WeakReference<Assembly>> assemblies = [];

        public int Count => assemblies.Count;

        public Assembly? Find(string name) =>
            assemblies.TryGetValue(name, out var reference) && reference.TryGetTarget(out var assembly) ? assembly : null;

        public Assembly Add(string name, Assembly assembly)
        {
            assemblies.Add(name, new(assembly));
            return assembly;
        }

        /// <inheritdoc/>
        protected override Assembly? Load(AssemblyName assemblyName) => all.Loaded(assemblyName);
    }

    Assembly? Loaded(AssemblyName name) => Find(name.Name!) ?? notebook.LoadFromAssemblyName(name);
}
