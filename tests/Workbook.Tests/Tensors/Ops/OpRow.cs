using Workbook.Tensors;

namespace Workbook.Tests.Tensors.Ops;

/// <summary>A call of an op at inputs where it is smooth.</summary>
sealed record OpCase(Func<Tensor[], Tensor[]> Call, Tensor[] Points)
{
    /// <summary>The inputs as tensors that nobody watches yet: tests run on several threads, and watching marks a tensor.</summary>
    public Tensor[] Inputs() => Array.ConvertAll(Points, p => tf.identity(p));

    public override string ToString() => string.Join(", ", Points.Select(p => p.shape));
}

/// <summary>One differentiable op with the calls at which its gradients are checked.</summary>
sealed record OpRow(string Op, OpCase[] Cases)
{
    static readonly Shape[] UnaryShapes = [(2, 3), Shape.Scalar, (1, 1, 1), (0, 3), (5, 7)];

    static readonly (Shape A, Shape B)[] BinaryShapes =
        [((2, 3), (2, 3)), ((2, 3), 3), ((2, 1, 3), (2, 1)), (Shape.Scalar, 3), (1, (1, 1)), ((0, 3), (1, 3)), ((2, 0), Shape.Scalar),
            ((5, 7), (5, 7)), ((5, 7), 7)];

    static readonly (Shape Shape, int[]? Axes, bool Keep)[] Reductions =
        [((2, 3), null, false), ((2, 3, 2), [1], true), ((2, 3, 2), [0, -1], false), ((1, 3), [0], false), (Shape.Scalar, null, false),
            ((2, 2), [], false), ((0, 3), [1], false), ((2, 0), [1], false), ((3, 11), [1], false), ((11, 3), [0], true)];

    /// <summary>An elementwise op of one input.</summary>
    /// <param name="op">Its name.</param>
    /// <param name="f">Its call.</param>
    /// <param name="domain">Where it is smooth.</param>
    /// <param name="also">Points where the formula is special but the function smooth.</param>
    public static OpRow Unary(string op, Func<Tensor, Tensor> f, Domain domain, params double[] also)
    {
        var samples = new Samples(op);
        var cases = UnaryShapes.Select(s => new OpCase(x => [f(x[0])], samples.Inputs((s, domain))));
        return new(op, also.Length == 0 ? [.. cases] : [.. cases, new(x => [f(x[0])], [tf.constant(also)])]);
    }

    /// <summary>An elementwise op of two inputs that broadcast.</summary>
    public static OpRow Binary(string op, Func<Tensor, Tensor, Tensor> f, Domain a, Domain b)
    {
        var samples = new Samples(op);
        return new(op, [.. BinaryShapes.Select(s => new OpCase(x => [f(x[0], x[1])], samples.Inputs((s.A, a), (s.B, b))))]);
    }

    /// <summary>An op that folds axes.</summary>
    /// <param name="op">Its name.</param>
    /// <param name="f">Its call.</param>
    /// <param name="domain">Where it is smooth.</param>
    /// <param name="single">Whether it is smooth over one element.</param>
    public static OpRow Reduction(string op, Func<Tensor, Axes?, bool, Tensor> f, Domain domain, bool single = true)
    {
        var samples = new Samples(op);
        return new(op, [.. Reductions.Where(r => single || r.Shape.Size is 0 or > 4).Select(r =>
            new OpCase(x => [f(x[0], r.Axes is null ? null : (Axes)r.Axes, r.Keep)], samples.Inputs((r.Shape, domain))))]);
    }

    /// <summary>An op whose inputs have shapes of their own.</summary>
    /// <param name="op">Its name.</param>
    /// <param name="domain">Where all inputs lie.</param>
    /// <param name="calls">Calls and their shapes.</param>
    public static OpRow Shaped(string op, Domain domain, params (Func<Tensor[], Tensor[]> Call, Shape[] Shapes)[] calls)
    {
        var samples = new Samples(op);
        return new(op, [.. calls.Select(c => new OpCase(c.Call, samples.Inputs([.. c.Shapes.Select(s => (s, domain))])))]);
    }

    public override string ToString() => Op;
}
