namespace Workbook.Tensors.Autodiff;

/// <summary>The recorded ways from a loss back to variables; for tools that explain a gradient.</summary>
/// <remarks>Look before a tape that is not persistent has given its answer: it lets its graph go then.</remarks>
public sealed class Paths
{
    /// <summary>Ops that keep a straight line straight: what a variable goes through before something bends it.</summary>
    static readonly HashSet<string> Straight =
    [
        "add", "subtract", "multiply", "divide", "negative", "identity", "reshape", "broadcast_to", "cast", "expand_dims", "squeeze",
        "stack", "concat", "gather", "slice", "strided_slice", "transpose", "tile", "matmul", "reduce_sum", "reduce_mean", "add_n",
        "custom_gradient", "straight_through", "getitem",
    ];

    readonly List<Node> nodes;

    readonly List<Tensor> terms;

    /// <summary>Looks at the graph behind a loss.</summary>
    /// <param name="loss">What a tape follows; without one there are no ways.</param>
    public Paths(Tensor loss) => (nodes, terms) = (Nodes(loss), TermsOf(loss));

    /// <summary>How many terms the loss is a sum of.</summary>
    public int Terms => terms.Count;

    /// <summary>How many of the terms were computed from a variable.</summary>
    public int TermsFrom(Variable variable) => terms.Count(t => Reads(t, variable));

    static List<Node> Nodes(Tensor loss)
    {
        List<Node> nodes = [];
        HashSet<Node> seen = [];
        var open = new Stack<Tensor>([loss]);
        while (open.TryPop(out var tensor))
        {
            if (tensor.Node is not { } node || !seen.Add(node)) continue;
            nodes.Add(node);
            for (var i = 0; i < node.Count; i++) open.Push(node.Input(i));
        }
        nodes.Sort(static (a, b) => a.Order.CompareTo(b.Order));
        return nodes;
    }

    /// <summary>What lies between a variable and the loss.</summary>
    /// <param name="variable">The variable.</param>
    public Way Between(Variable variable)
    {
        HashSet<Tensor> reached = new(ReferenceEqualityComparer.Instance), straight = new(ReferenceEqualityComparer.Instance);
        HashSet<string> ops = [], bends = [];
        bool divides = false, exponentiates = false, meetsData = false;
        foreach (var node in nodes)
        {
            bool on = false, line = false;
            for (var i = 0; i < node.Count; i++)
            {
                var input = node.Input(i);
                var leaf = input.Node is null && ReferenceEquals(input.Source, variable);
                if (!leaf && !reached.Contains(input)) continue;
                on = true;
                if (!leaf && !straight.Contains(input)) continue;
                line = true;
                if ((node.Name == "divide" && i == 1) || node.Name is "log" or "sqrt" or "rsqrt" or "reciprocal"
                    || (node.Name == "pow" && i == 0)) divides = true;
            }
            if (!on) continue;
            reached.Add(node.Output);
            ops.Add(node.Name);
            meetsData |= node.Output.size > variable.shape.Size;
            if (!line) continue;
            if (Straight.Contains(node.Name) && !(node.Name == "divide" && Divisor(node, variable, straight))) straight.Add(node.Output);
            else
            {
                bends.Add(node.Name);
                // A softmax of scores that data have made is no exponential of the variable.
                exponentiates |= node.Name is "exp" or "expm1" or "sigmoid" or "tanh" || (node.Output.size == variable.shape.Size
                    && (node.Name.Contains("softmax", StringComparison.Ordinal)
                        || node.Name.Contains("sigmoid", StringComparison.Ordinal)));
            }
        }
        return new(ops, bends, divides, exponentiates, meetsData);
    }

    static bool Divisor(Node node, Variable variable, HashSet<Tensor> straight) =>
        straight.Contains(node.Input(1)) || (node.Input(1).Node is null && ReferenceEquals(node.Input(1).Source, variable));

    static List<Tensor> TermsOf(Tensor loss)
    {
        List<Tensor> terms = [];
        var open = new Stack<Tensor>([loss]);
        while (open.TryPop(out var tensor))
            if (tensor.Node is { Name: "add" or "add_n" or "subtract" or "identity" } node && Same(node, tensor.shape))
                for (var i = 0; i < node.Count; i++) open.Push(node.Input(i));
            else terms.Add(tensor);
        return terms;

        static bool Same(Node node, Shape shape) => Enumerable.Range(0, node.Count).All(i => node.Input(i).shape == shape);
    }

    static bool Reads(Tensor tensor, Variable variable) =>
        ReferenceEquals(tensor.Source, variable) && tensor.Node is null
        || Nodes(tensor).Exists(n => Enumerable.Range(0, n.Count).Any(i =>
            n.Input(i).Node is null && ReferenceEquals(n.Input(i).Source, variable)));
}
