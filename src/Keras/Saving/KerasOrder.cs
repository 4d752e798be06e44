namespace Workbook.Keras;

/// <summary>The layers and operations of a functional model in the order in which Keras lists them, which is that of the weights in its
/// files.</summary>
/// <remarks>
/// Depth descending, which is the longest way to an output; a layer that is called several times has its greatest depth. Within one depth,
/// by the first visit of a walk from the outputs to the inputs. Another order would exchange weights of equal shape without a word.
/// </remarks>
sealed class KerasOrder
{
    /// <summary>A layer, an operation between layers, or an input, and its calls.</summary>
    public sealed class Operation(object key, string name)
    {
        /// <summary>The <see cref="Workbook.Keras.Layer"/>, the <see cref="Step"/> or the <see cref="KerasTensor"/>.</summary>
        public object Key => key;

        public string Name { get; set; } = name;

        /// <summary>The calls, in the order in which they are numbered; an input has one without a step.</summary>
        public List<Step?> Calls { get; } = [];

        public int Depth { get; set; }

        public Layer? Layer => key as Layer;
    }

    readonly Dictionary<object, Operation> byKey = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<object, int> depths = new(ReferenceEqualityComparer.Instance);
    readonly Graph graph;

    KerasOrder(Graph graph)
    {
        this.graph = graph;
        var (visited, finished) = (new List<Operation>(), new List<(Operation Operation, KerasTensor Value)>());
        Walk(visited, finished);
        Measure(finished);
        foreach (var input in graph.Inputs)
            if (!byKey.ContainsKey(input))
            {
                visited.Insert(0, Take(input, input.name));
                depths[input] = 0;
            }
        All = [.. visited.Select((o, i) => (o, i)).OrderByDescending(o => o.o.Depth).ThenBy(o => o.i).Select(o => o.o)];
        // The calls of a layer are numbered as the steps run.
        foreach (var step in graph.Steps) byKey[Key(step)].Calls.Add(step);
        foreach (var input in graph.Inputs) byKey[input].Calls.Add(null);
    }

    public static KerasOrder Of(Graph graph) => new(graph);

    public IReadOnlyList<Operation> All { get; }

    /// <summary>How many calls and inputs there are at each depth.</summary>
    public IEnumerable<int> NodesAt => depths.Values.GroupBy(d => d).Select(g => g.Count());

    /// <summary>The layers alone; an input is none.</summary>
    public IEnumerable<Layer> Layers => All.Select(o => o.Layer).OfType<Layer>();

    /// <summary>What makes a value, which of its calls, and which of the results of that.</summary>
    public (Operation Operation, int Call, int Output) Of(KerasTensor value)
    {
        if (graph.Inputs.Contains(value)) return (byKey[value], 0, 0);
        var operation = byKey[Key(value.Step!)];
        return (operation, operation.Calls.IndexOf(value.Step), Array.IndexOf(value.Step!.Outputs, value));
    }

    static object Key(Step step) => (object?)step.Layer ?? step;

    Operation Take(object key, string name)
    {
        var made = new Operation(key, name);
        byKey.Add(key, made);
        return made;
    }

    Operation Enter(KerasTensor value, List<Operation> visited)
    {
        var isInput = graph.Inputs.Contains(value);
        var key = isInput ? value : Key(value.Step!);
        if (byKey.TryGetValue(key, out var known)) return known;
        var made = Take(key, isInput ? value.name : value.Step!.Layer?.name ?? value.Step!.Name);
        visited.Add(made);
        return made;
    }

    /// <summary>From the outputs to the inputs, arguments in order; what is entered is numbered, and what is left is listed.</summary>
    void Walk(List<Operation> visited, List<(Operation, KerasTensor)> finished)
    {
        var (done, open) = (new HashSet<object>(ReferenceEqualityComparer.Instance), new Stack<(KerasTensor Value, bool Leaves)>());
        foreach (var output in graph.Outputs)
        {
            open.Push((output, false));
            while (open.TryPop(out var top))
            {
                var node = Node(top.Value);
                if (top.Leaves)
                {
                    if (done.Add(node)) finished.Add((byKey[node as Step is { } s ? Key(s) : node], top.Value));
                    continue;
                }
                if (done.Contains(node)) continue;
                Enter(top.Value, visited);
                open.Push((top.Value, true));
                if (node is Step step)
                    foreach (var input in step.SymbolicInputs.Reverse()) open.Push((input, false));
            }
        }
    }

    object Node(KerasTensor value) => graph.Inputs.Contains(value) ? value : value.Step!;

    /// <summary>The depths, from the outputs on.</summary>
    void Measure(List<(Operation Operation, KerasTensor Value)> finished)
    {
        for (var i = finished.Count - 1; i >= 0; i--)
        {
            var (operation, value) = finished[i];
            var node = Node(value);
            var depth = Math.Max(depths.GetValueOrDefault(node), operation.Depth);
            operation.Depth = depths[node] = depth;
            if (node is not Step step) continue;
            foreach (var input in step.SymbolicInputs)
            {
                var from = Node(input);
                depths[from] = Math.Max(depth + 1, depths.GetValueOrDefault(from));
            }
        }
    }
}
