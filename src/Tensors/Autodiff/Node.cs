namespace Workbook.Tensors.Autodiff;

/// <summary>How a tensor was made: the op, its inputs, and for each input the vector-Jacobian product.</summary>
/// <remarks>Vjps are written in the public ops, so a backward pass can itself be recorded: that gives gradients of any order.</remarks>
abstract class Node(string op, Tensor output)
{
    [ThreadStatic] static long count;

    /// <summary>The op's name, for messages.</summary>
    public string Name { get; } = op;

    /// <summary>The tensor that the op made.</summary>
    public Tensor Output { get; } = output;

    /// <summary>A number that grows with every node: sorting by it is a topological order.</summary>
    public long Order { get; } = ++count;

    /// <summary>The number of inputs.</summary>
    public abstract int Count { get; }

    /// <summary>One input.</summary>
    public abstract Tensor Input(int index);

    /// <summary>The gradient that reaches an input when <paramref name="g"/> reaches the output; null where none flows.</summary>
    public abstract Tensor? Vjp(int index, Tensor g);

    /// <summary>The backward pass that is using the slots below; 0 when none is.</summary>
    internal long Pass;

    /// <summary>Whether the current pass needs this node: a source lies behind it.</summary>
    internal bool Needed;

    /// <summary>The gradient gathered so far for the output.</summary>
    internal Tensor? Adjoint;
}

/// <summary>A node of one input. The vjp gets (g, x, y).</summary>
sealed class UnaryNode(string op, Tensor x, Tensor y, Vjp vjp) : Node(op, y)
{
    public override int Count => 1;

    public override Tensor Input(int index) => x;

    public override Tensor? Vjp(int index, Tensor g) => vjp(g, x, Output);
}

/// <summary>A node of two inputs. Each vjp gets (g, a, b, y); null where no gradient flows.</summary>
sealed class BinaryNode(string op, Tensor a, Tensor b, Tensor y, Vjp2? da, Vjp2? db) : Node(op, y)
{
    public override int Count => 2;

    public override Tensor Input(int index) => index == 0 ? a : b;

    public override Tensor? Vjp(int index, Tensor g)
    {
        var gradient = index == 0 ? da?.Invoke(g, a, b, Output) : db?.Invoke(g, a, b, Output);
        return gradient is null ? null : Op.Unbroadcast(gradient, Input(index).shape);
    }
}

/// <summary>A node of any number of inputs. The vjp gets (g, index of the input).</summary>
sealed class ManyNode(string op, Tensor[] inputs, Tensor y, Func<Tensor, int, Tensor?> vjp) : Node(op, y)
{
    public override int Count => inputs.Length;

    public override Tensor Input(int index) => inputs[index];

    public override Tensor? Vjp(int index, Tensor g) => vjp(g, index);
}

/// <summary>What one asks of a tensor's history.</summary>
static class History
{
    /// <summary>The variables that a tensor was computed from, as far as it was recorded.</summary>
    public static IEnumerable<Variable> Origins(this Tensor tensor)
    {
        var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        var open = new Stack<Tensor>([tensor]);
        while (open.TryPop(out var t))
        {
            if (!seen.Add(t)) continue;
            if (t.Origin is { } variable) yield return variable;
            for (var i = 0; i < (t.Node?.Count ?? 0); i++) open.Push(t.Node!.Input(i));
        }
    }

    /// <summary>A trainable variable whose value of the moment this tensor keeps, since no recording tape leads back to it; null when there is none.</summary>
    public static Variable? Kept(this Tensor tensor) =>
        TapeSet.Recording(tensor.Tapes, null) is null ? tensor.Origins().FirstOrDefault(v => v.trainable) : null;
}
