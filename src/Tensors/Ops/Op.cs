using Workbook.Tensors.Autodiff;
using Workbook.Tensors.Backends;

namespace Workbook.Tensors;

/// <summary>
/// The vector-Jacobian product of an op of one input: the gradient for x, from the gradient g for y = f(x); null where none flows.
/// </summary>
delegate Tensor? Vjp(Tensor g, Tensor x, Tensor y);

/// <summary>
/// The vector-Jacobian product of an op of two inputs, for one of them. It may still have the result's shape: broadcasting is undone for
/// it.
/// </summary>
delegate Tensor? Vjp2(Tensor g, Tensor a, Tensor b, Tensor y);

/// <summary>What ops are made of: a kernel executed by the backend, and the node that remembers it while a tape is open.</summary>
static class Op
{
    /// <summary>An elementwise op of one input.</summary>
    public static Tensor Map(MapKernel kernel, Operand operand, Vjp? vjp)
    {
        var x = operand.Read();
        return Made(kernel.Op, Backend.Current.Map(kernel, x), x, vjp);
    }

    /// <summary>An elementwise op of two inputs, with broadcasting. A null vjp: no gradient flows to that input.</summary>
    public static Tensor Zip(ZipKernel kernel, Operand left, Operand right, Vjp2? da, Vjp2? db)
    {
        var (a, b) = Match(kernel.Op, left, right);
        return Made(kernel.Op, Backend.Current.Zip(kernel, a, b, Shape.Broadcast(a.shape, b.shape, kernel.Op)), a, b, da, db);
    }

    /// <summary>An elementwise relation; it has no gradient.</summary>
    public static Tensor Compare(CompareKernel kernel, Operand left, Operand right)
    {
        var (a, b) = Match(kernel.Op, left, right);
        var y = Backend.Current.Compare(kernel, a, b, Shape.Broadcast(a.shape, b.shape, kernel.Op));
        LostGradients.See(kernel.Op, a);
        LostGradients.See(kernel.Op, b);
        // A truth value is followed by nobody; what no tape follows on its way here keeps its variables.
        if ((a.Tapes is null && b.Tapes is null) || TapeSet.Recording(a.Tapes, b.Tapes) is not null)
            y.Lineage = Lineage.Of(Aside(a), Aside(b));
        return y;
    }

    static Lineage? Aside(Tensor x) => TapeSet.Recording(x.Tapes, null) is null ? x.Lineage : null;

    /// <summary>Remembers how y was made from x, if a tape follows x.</summary>
    /// <param name="op">The op's name.</param>
    /// <param name="y">A tensor that nothing else refers to yet.</param>
    /// <param name="x">The input.</param>
    /// <param name="vjp">Its gradient rule; null where no gradient flows.</param>
    public static Tensor Made(string op, Tensor y, Tensor x, Vjp? vjp)
    {
        if (x.Tapes is null)
        {
            y.Lineage = x.Lineage;
            return y;
        }
        var tapes = TapeSet.Recording(x.Tapes, null);
        // What stops a gradient in a followed computation stops it on purpose.
        if (tapes is null || (vjp is not null && y.dtype.IsFloating())) y.Lineage = x.Lineage;
        if (tapes is null || vjp is null || !y.dtype.IsFloating())
        {
            LostGradients.See(op, x);
            return y;
        }
        y.Tapes = tapes;
        y.Node = new UnaryNode(op, x, y, vjp);
        return y;
    }

    /// <summary>Remembers that y is a part of x, every steps[i]-th element from begin[i] on.</summary>
    public static Tensor Part(string op, Tensor y, Tensor x, int[] begin, int[] steps, Vjp vjp)
    {
        Made(op, y, x, vjp);
        if (y.Node is not null) y.Node = new PartNode(op, x, y, vjp, begin, steps);
        return y;
    }

    /// <summary>Remembers how y was made from a and b, if a tape follows one of them.</summary>
    public static Tensor Made(string op, Tensor y, Tensor a, Tensor b, Vjp2? da, Vjp2? db)
    {
        if (a.Tapes is null && b.Tapes is null)
        {
            y.Lineage = IsProduct(op) ? Lineage.Product(a.Lineage, b.Lineage) : Lineage.Of(a.Lineage, b.Lineage);
            if (y.Lineage?.Behind is not null) MixedUpdate.SeeJoin(y.Lineage, a.Lineage, b.Lineage);
            return y;
        }
        if (da is null || !y.dtype.IsFloating()) LostGradients.See(op, a);
        if (db is null || !y.dtype.IsFloating()) LostGradients.See(op, b);
        if (!y.dtype.IsFloating()) return y;
        if (TapeSet.Recording(a.Tapes, b.Tapes) is not { } tapes)
        {
            y.Lineage = IsProduct(op) ? Lineage.Product(a.Lineage, b.Lineage) : Lineage.Of(a.Lineage, b.Lineage);
            return y;
        }
        if (!ReferenceEquals(a.Tapes, tapes) && a.Lineage is not null) Snapshot.See(op, a, b, tapes);
        if (!ReferenceEquals(b.Tapes, tapes) && b.Lineage is not null) Snapshot.See(op, b, a, tapes);
        if (!(da is not null && a.Tapes is not null) && !(db is not null && b.Tapes is not null)) return y;
        y.Tapes = tapes;
        y.Lineage = Lineage.Either(a.Lineage, b.Lineage);
        y.Node = new BinaryNode(op, a, b, y, da, db);
        return y;
    }

    /// <summary>Whether an op of two inputs scales or bounds one by the other.</summary>
    internal static bool IsProduct(string op) => op is "multiply" or "divide" or "matmul" or "pow" or "minimum" or "maximum";

    /// <summary>Remembers how y was made from several inputs; the vjp gets (g, index of the input).</summary>
    public static Tensor Made(string op, Tensor y, Tensor[] xs, Func<Tensor, int, Tensor?> vjp)
    {
        TapeSet? tapes = null;
        foreach (var x in xs) tapes = TapeSet.Recording(tapes, x.Tapes);
        if (tapes is null)
        {
            y.Lineage = Lineage.Of(xs);
            if (y.Lineage is not null && op is "dense" or "conv2d")
                y.Lineage = Lineage.Of(Lineage.Product(xs[0].Lineage, xs[1].Lineage), y.Lineage);
            return y;
        }
        if (!y.dtype.IsFloating()) return y;
        foreach (var x in xs)
        {
            if (!ReferenceEquals(x.Tapes, tapes) && x.Lineage is not null)
                Snapshot.See(op, x, Array.Find(xs, other => other.Tapes is not null && other != x), tapes);
            y.Lineage = Lineage.Either(y.Lineage, x.Lineage);
        }
        y.Tapes = tapes;
        y.Node = new ManyNode(op, xs, y, vjp);
        return y;
    }

    /// <summary>What a condition or indices chose: no gradient flows to them, but a variable behind them is remembered.</summary>
    public static Tensor Chosen(Tensor by, Tensor y)
    {
        LostGradients.See("a choice", by);
        if (by.Lineage is null || by.Tapes is not null) return y;
        if (y.Tapes is { } tapes) Snapshot.See("a choice", by, y, tapes);
        else y.Lineage = Lineage.Of(y.Lineage, by.Lineage);
        return y;
    }

    /// <summary>Two operands of one dtype: a C# number takes the dtype of the other.</summary>
    /// <exception cref="DTypeException">Two tensors of different dtype, or a fraction beside integers.</exception>
    public static (Tensor A, Tensor B) Match(string op, Operand left, Operand right)
    {
        Tensor a = left.Read(), b = right.Read();
        if (a.IsWeak && (!b.IsWeak || b.dtype.IsFloating())) a = a.Strengthen(b.dtype, op);
        else if (b.IsWeak) b = b.Strengthen(a.dtype, op);
        if (a.dtype != b.dtype)
            throw new DTypeException(
                $"{op}: expected two tensors of one dtype. Received: {a.dtype.Name()} {a.shape} and {b.dtype.Name()} {b.shape}. "
                    + $"Cast one: tf.cast(x, tf.{a.dtype.Name()}).");
        return (a, b);
    }

    /// <summary>Several operands of one dtype.</summary>
    public static Tensor[] Match(string op, IEnumerable<Operand> operands)
    {
        var xs = operands.Select(o => o.Read()).ToArray();
        var first = Array.Find(xs, x => !x.IsWeak) ?? Array.Find(xs, x => x.dtype.IsFloating()) ?? xs.FirstOrDefault();
        for (var i = 0; i < xs.Length; i++)
        {
            if (xs[i].IsWeak) xs[i] = xs[i].Strengthen(first!.dtype, op);
            if (xs[i].dtype != first!.dtype)
                throw new DTypeException(
                    $"{op}: expected tensors of one dtype. Received: {first.dtype.Name()} and {xs[i].dtype.Name()}. "
                        + $"Cast them: tf.cast(x, tf.{first.dtype.Name()}).");
        }
        return xs;
    }

    /// <summary>Undoes broadcasting: sums a gradient over the axes along which a shape was stretched.</summary>
    public static Tensor Unbroadcast(Tensor gradient, Shape shape)
    {
        if (gradient.shape == shape) return gradient;
        var skip = gradient.ndim - shape.Rank;
        var count = 0;
        Span<int> axes = stackalloc int[gradient.ndim];
        for (var i = 0; i < gradient.ndim; i++)
            if (i < skip || (shape[i - skip] == 1 && gradient.shape[i] != 1)) axes[count++] = i;
        return tf.reshape(tf.reduce_sum(gradient, axes[..count].ToArray()), shape);
    }

    /// <summary>A floating-point input.</summary>
    /// <exception cref="DTypeException">Integers or truth values.</exception>
    public static Tensor Floating(string op, Operand operand)
    {
        var x = operand.Read();
        return x.dtype.IsFloating() ? x
            : throw new DTypeException($"{op}: expected float32 or float64. Received: {x.dtype.Name()}. Cast it: tf.cast(x, tf.float32).");
    }
}
