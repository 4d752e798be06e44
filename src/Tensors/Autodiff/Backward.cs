namespace Workbook.Tensors.Autodiff;

/// <summary>The backward pass: from the targets through the recorded nodes to the sources.</summary>
static class Backward
{
    static long passes;

    /// <summary>Gradients of the weighted sum of the targets for each source; null for a source they do not depend on.</summary>
    /// <param name="session">Only what this tape recorded is followed.</param>
    /// <param name="targets">What to differentiate.</param>
    /// <param name="sources">Variables or followed tensors.</param>
    /// <param name="seeds">Weights of the targets' elements; null: ones.</param>
    /// <param name="release">Whether nodes that only this tape needs are let go afterwards, so that a kept loss does not keep its
    /// graph.</param>
    internal static Tensor?[] Gradients(GradientTape.Session session, Operand[] targets, Operand[] sources, Operand[]? seeds, bool release)
    {
        var pass = Interlocked.Increment(ref passes);
        var gradients = new Tensor?[sources.Length];
        var starts = Array.ConvertAll(targets, t => t as Tensor ?? Leaf((Variable)t, session));
        var nodes = Collect(starts, session, pass);
        try
        {
            MarkNeeded(nodes, sources, session);
            Unasked.See(session, nodes, sources);
            for (var i = 0; i < starts.Length; i++)
            {
                var target = starts[i];
                if (target.Tapes is null && target.Lineage?.Beside >= session.Number) throw Snapshot.Beside("gradient", target);
                if (!target.dtype.IsFloating() || target.Tapes?.Contains(session) != true) continue;
                Reach(target, Seed(target, seeds?[i]), sources, gradients, session);
            }
            for (var i = nodes.Count - 1; i >= 0; i--)
            {
                var node = nodes[i];
                if (!node.Needed || node.Adjoint is not { } g) continue;
                node.Adjoint = null;
                for (var k = 0; k < node.Count; k++)
                {
                    var input = node.Input(k);
                    if (input.Tapes?.Contains(session) != true || !IsNeeded(input, sources)) continue;
                    if (node is PartNode part && Joins(part, g, sources)) continue;
                    if (node.Vjp(k, g) is not { } gradient) continue;
                    Reach(input, gradient, sources, gradients, session);
                    // The gradient of a part is made anew, and so is a sum.
                    if (node is PartNode && gradient.Tapes is null && input.Node is { } whole) whole.OwnsAdjoint = true;
                }
            }
        }
        finally
        {
            foreach (var node in nodes)
            {
                node.Pass = 0;
                node.Adjoint = null;
                node.OwnsAdjoint = false;
                if (release && node.Output.Tapes!.IsOnly(session)) node.Output.Node = null;
            }
        }
        return gradients;
    }

    /// <summary>Adds the gradient of a part into what was gathered for the whole, where nobody follows or holds either.</summary>
    static bool Joins(PartNode part, Tensor g, Operand[] sources)
    {
        var whole = part.Input(0);
        if (g.Tapes is not null || whole.Node is not { Pass: > 0, Needed: true, OwnsAdjoint: true, Adjoint: { Tapes: null } gathered })
            return false;
        foreach (var source in sources)
            if (Is(source, whole)) return false;
        return part.AddTo(gathered, g);
    }

    static Tensor Seed(Tensor target, Operand? seed)
    {
        if (seed is null) return tf.ones(target.shape, target.dtype);
        var s = seed.Read();
        if (s.IsWeak) s = s.Strengthen(target.dtype, "gradient");
        if (s.shape == target.shape) return s;
        if (Shape.Broadcast(s.shape, target.shape, "gradient: output_gradients and target") != target.shape)
            throw new ShapeException(
                $"gradient: expected output_gradients that broadcast to the target's shape {target.shape}. Received: {s.shape}.");
        return tf.broadcast_to(s, target.shape);
    }

    /// <summary>A variable as target: its value as this tape would read it.</summary>
    static Tensor Leaf(Variable variable, GradientTape.Session session)
    {
        var now = variable.Read();
        return session.Watched.Contains(variable) ? new(now, now.shape) { Source = variable, Tapes = session.Only, Lineage = now.Lineage }
            : now;
    }

    /// <summary>Adds a gradient to the tensor it has reached: to its node's slot and to every source that it is.</summary>
    static void Reach(Tensor tensor, Tensor gradient, Operand[] sources, Tensor?[] gradients, GradientTape.Session session)
    {
        if (tensor.Node is { Pass: > 0, Needed: true } node)
            node.Adjoint = node.Adjoint is null ? gradient : tf.add(node.Adjoint, gradient);
        for (var i = 0; i < sources.Length; i++)
            if (Is(sources[i], tensor))
                gradients[i] = gradients[i] is null ? gradient : tf.add(gradients[i]!, gradient);
    }

    static bool Is(Operand source, Tensor tensor) =>
        ReferenceEquals(source, tensor) || (tensor.Source is { } v && ReferenceEquals(source, v));

    static bool IsNeeded(Tensor tensor, Operand[] sources)
    {
        if (tensor.Node is { Pass: > 0, Needed: true }) return true;
        foreach (var source in sources)
            if (Is(source, tensor)) return true;
        return false;
    }

    /// <summary>The nodes behind the targets that this tape recorded, in the order in which they were made.</summary>
    static List<Node> Collect(Tensor[] targets, GradientTape.Session session, long pass)
    {
        var nodes = new List<Node>();
        var stack = new Stack<Tensor>(targets);
        while (stack.TryPop(out var tensor))
        {
            if (tensor.Node is not { } node || node.Pass == pass || !tensor.Tapes!.Contains(session)) continue;
            if (node.Pass != 0)
                throw new TapeException(
                    $"The gradient of '{node.Name}' was asked for while a gradient through it is being computed. "
                        + "Open an inner tape inside the custom gradient instead.");
            node.Pass = pass;
            nodes.Add(node);
            for (var k = 0; k < node.Count; k++) stack.Push(node.Input(k));
        }
        if (nodes.Count > 1) nodes.Sort(static (a, b) => a.Order.CompareTo(b.Order));
        return nodes;
    }

    static void MarkNeeded(List<Node> nodes, Operand[] sources, GradientTape.Session session)
    {
        foreach (var node in nodes)
        {
            node.Needed = false;
            for (var k = 0; k < node.Count && !node.Needed; k++)
            {
                var input = node.Input(k);
                node.Needed = input.Tapes?.Contains(session) == true && IsNeeded(input, sources);
            }
        }
    }
}
