namespace Workbook.Tensors.Autodiff;

/// <summary>How a tensor was made: the op, its inputs, and for each input the vector-Jacobian product.</summary>
/// <remarks>Vjps are written in the public ops, so a backward pass can itself be recorded: that gives gradients of any order.</remarks>
abstract class Node(string op, Tensor output, long above)
{
    [ThreadStatic] static long count;

    /// <summary>The op's name, for messages.</summary>
    public string Name { get; } = op;

    /// <summary>The tensor that the op made.</summary>
    public Tensor Output { get; } = output;

    /// <summary>
    /// A number that grows with every node of a thread, and is above those of the inputs, which another thread may have made: sorting by
    /// it
    /// is a topological order.
    /// </summary>
    public long Order { get; } = count = Math.Max(count, above) + 1;

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

    /// <summary>Whether nobody else has the gradient gathered so far, so that it may be changed in place.</summary>
    internal bool OwnsAdjoint;
}

/// <summary>A node of one input. The vjp gets (g, x, y).</summary>
class UnaryNode(string op, Tensor x, Tensor y, Vjp vjp) : Node(op, y, x.Node?.Order ?? 0)
{
    public override int Count => 1;

    public override Tensor Input(int index) => x;

    public override Tensor? Vjp(int index, Tensor g) => vjp(g, x, Output);
}

/// <summary>A node that takes a part of its input: what reaches it can be added into the gradient of the whole.</summary>
/// <remarks>A sequence is taken apart step by step. A gradient as long as the whole for each step would be the square of its
/// length.</remarks>
sealed class PartNode(string op, Tensor x, Tensor y, Vjp vjp, int[] begin, int[] steps) : UnaryNode(op, x, y, vjp)
{
    /// <summary>Adds a gradient of the part into one of the whole, in place; false where the backend keeps its elements
    /// elsewhere.</summary>
    public bool AddTo(Tensor whole, Tensor g) => Backends.Backend.Current.AddPart(whole, g, begin, steps);
}

/// <summary>A node of two inputs. Each vjp gets (g, a, b, y); null where no gradient flows.</summary>
sealed class BinaryNode(string op, Tensor a, Tensor b, Tensor y, Vjp2? da, Vjp2? db)
    : Node(op, y, Math.Max(a.Node?.Order ?? 0, b.Node?.Order ?? 0))
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
sealed class ManyNode(string op, Tensor[] inputs, Tensor y, Func<Tensor, int, Tensor?> vjp)
    : Node(op, y, Latest(inputs))
{
    static long Latest(Tensor[] inputs)
    {
        var latest = 0L;
        foreach (var x in inputs) latest = Math.Max(latest, x.Node?.Order ?? 0);
        return latest;
    }

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
            if (t.Node is null)
            {
                foreach (var variable in t.Lineage?.Variables ?? []) yield return variable;
                continue;
            }
            for (var i = 0; i < t.Node.Count; i++) open.Push(t.Node.Input(i));
        }
    }

    /// <summary>Trainable variables that this tensor was computed from, each once, whether a tape follows or not.</summary>
    public static Variable[] TrainableSources(this Tensor tensor) =>
        tensor.Lineage is null ? [] : [.. tensor.Origins().Where(v => v.trainable).Distinct()];

    /// <summary>
    /// Trainable variables whose value of the moment this tensor keeps, since the innermost recording tape does not lead back to them;
    /// none
    /// where no variable is behind it.
    /// </summary>
    public static Variable[] NotFollowed(this Tensor tensor) =>
        tensor.Lineage is null || (tensor.Tapes is not null && TapeSet.InnermostRecording is { } session && tensor.Tapes.Contains(session))
            ? [] : tensor.TrainableSources();
}
