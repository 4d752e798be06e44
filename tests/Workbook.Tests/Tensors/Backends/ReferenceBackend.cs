using Workbook.Tensors;
using Workbook.Tensors.Backends;
using Workbook.Tensors.Backends.Kernels;

namespace Workbook.Tests.Tensors.Backends;

/// <summary>A second backend, slow on purpose: every result element by its definition, from the kernel's name alone.</summary>
/// <remarks>
/// It inherits nothing from the managed backend, so a test that passes on it proves that the seam is complete. Only special functions
/// and matrix decompositions call the kernel's own scalar function: a second implementation of those would be a second engine.
/// </remarks>
sealed partial class ReferenceBackend : Backend
{
    public override string Name => "reference";

    public override Tensor Fill(Shape shape, DType dtype, double value) => Elements.Make(shape, dtype, _ => value);

    public override Tensor Cast(Tensor x, DType dtype) => x.dtype.IsInteger() && dtype.IsInteger()
        ? Elements.MakeWhole(x.shape, dtype, i => Elements.Whole(x, i))
        : Elements.Make(x.shape, dtype, i => dtype.IsInteger() ? Math.Truncate(Elements.Real(x, i)) : Elements.Real(x, i));

    public override Tensor Map(MapKernel kernel, Tensor x)
    {
        if (x.dtype == DType.Bool)
            return Elements.Make(x.shape, DType.Bool, i => ReferenceFunctions.Truth(kernel.Op, Elements.Real(x, i), 0));
        if (x.dtype.IsInteger())
            return Elements.MakeWhole(x.shape, x.dtype, i => ReferenceFunctions.Whole(kernel, x.dtype, Elements.Whole(x, i)));
        return Elements.Make(x.shape, x.dtype, i => ReferenceFunctions.Real(kernel, Elements.Real(x, i)));
    }

    public override Tensor Zip(ZipKernel kernel, Tensor a, Tensor b, Shape shape)
    {
        var (p, q) = (Places(a, shape), Places(b, shape));
        if (a.dtype == DType.Bool)
            return Elements.Make(shape, DType.Bool,
                i => ReferenceFunctions.Truth(kernel.Op, Elements.Real(a, p(i)), Elements.Real(b, q(i))));
        if (a.dtype.IsInteger())
            return Elements.MakeWhole(shape, a.dtype,
                i => ReferenceFunctions.Whole(kernel, a.dtype, Elements.Whole(a, p(i)), Elements.Whole(b, q(i))));
        return Elements.Make(shape, a.dtype, i => ReferenceFunctions.Real(kernel, Elements.Real(a, p(i)), Elements.Real(b, q(i))));
    }

    public override Tensor Compare(CompareKernel kernel, Tensor a, Tensor b, Shape shape)
    {
        var (p, q) = (Places(a, shape), Places(b, shape));
        return Elements.Make(shape, DType.Bool, i =>
        {
            var order = a.dtype == DType.Int64 ? Elements.Whole(a, p(i)).CompareTo(Elements.Whole(b, q(i)))
                : Elements.Real(a, p(i)) is var x && Elements.Real(b, q(i)) is var y && (double.IsNaN(x) || double.IsNaN(y)) ? 2
                    : Elements.Real(a, p(i)) is var u && Elements.Real(b, q(i)) is var w && u == w ? 0 : u < w ? -1 : 1;
            var holds = kernel.Op switch
            {
                "equal" => order == 0,
                "not_equal" => order != 0,
                "less" => order == -1,
                "less_equal" => order is -1 or 0,
                _ => throw new NotSupportedException(kernel.Op),
            };
            return holds ? 1 : 0;
        });
    }

    public override Tensor Select(Tensor condition, Tensor a, Tensor b, Shape shape)
    {
        var (c, p, q) = (Places(condition, shape), Places(a, shape), Places(b, shape));
        return Elements.Copy(shape, a.dtype, i => Elements.Real(condition, c(i)) != 0 ? (a, p(i)) : (b, q(i)));
    }

    public override Tensor Reduce(ReduceKernel kernel, Tensor x, int[] axes)
    {
        var kept = x.shape.ToArray();
        foreach (var axis in axes) kept[axis] = 1;
        Shape shape = kept;
        var members = Enumerable.Range(0, shape.Size).Select(_ => new List<int>()).ToArray();
        var into = Places(shape, x.shape);
        for (var i = 0; i < x.size; i++) members[into(i)].Add(i);
        return x.dtype.IsInteger()
            ? Elements.MakeWhole(shape, x.dtype,
                i => ReferenceFunctions.Fold(kernel.Op, x.dtype, members[i].Select(k => Elements.Whole(x, k))))
            : Elements.Make(shape, x.dtype, i => ReferenceFunctions.Fold(kernel.Op, members[i].Select(k => Elements.Real(x, k))));
    }

    public override Tensor Rows(MapKernel kernel, Tensor x)
    {
        var n = x.shape[^1];
        return x.dtype.IsInteger()
            ? Elements.MakeWhole(x.shape, x.dtype, i => (long)ReferenceFunctions.Row(kernel.Op, Line(x, i / n, n), i % n))
            : Elements.Make(x.shape, x.dtype, i => ReferenceFunctions.Row(kernel.Op, Line(x, i / n, n), i % n));
    }

    public override Tensor Positions(PositionsKernel kernel, Tensor x, int count)
    {
        var n = x.shape[^1];
        // Whole numbers as such: float64 holds them up to 2⁵³ only.
        IEnumerable<int> InOrder(int row)
        {
            var places = Enumerable.Range(0, n);
            if (x.dtype.IsInteger())
                return kernel.Op == "argmin" ? places.OrderBy(k => Elements.Whole(x, row * n + k))
                    : places.OrderByDescending(k => Elements.Whole(x, row * n + k));
            var line = Line(x, row, n);
            return kernel.Op == "argmin" ? places.OrderBy(k => double.IsNaN(line[k])).ThenBy(k => line[k])
                : places.OrderByDescending(k => line[k]);
        }
        return Elements.MakeWhole(new Shape([.. x.shape.Dims[..^1], count]), DType.Int64, i => InOrder(i / count).ElementAt(i % count));
    }

    static double[] Line(Tensor x, int row, int n) => [.. Enumerable.Range(row * n, n).Select(k => Elements.Real(x, k))];

    public override Tensor Matrices(MatrixKernel kernel, Tensor a, Tensor? b, Shape shape)
    {
        var count = shape.Dims[..^2].ToArray().Aggregate(1, (p, d) => p * d);
        var y = new double[shape.Size];
        int na = a.shape[^2] * a.shape[^1], nb = b is null ? 0 : b.shape[^2] * b.shape[^1], ny = shape[^2] * shape[^1];
        var (x, z) = (a.ToArray<double>(), b?.ToArray<double>() ?? []);
        for (var i = 0; i < count; i++)
            kernel.For<double>()(new(x.AsSpan(i * na, na), a.shape[^2], a.shape[^1]),
                b is null ? default : new(z.AsSpan(i * nb, nb), b.shape[^2], b.shape[^1]), new(y.AsSpan(i * ny, ny), shape[^2], shape[^1]));
        return Elements.Make(shape, a.dtype, i => y[i]);
    }

    public override Tensor MatMul(Tensor a, Tensor b, bool transposeA, bool transposeB, Shape shape)
    {
        int m = shape[^2], n = shape[^1], k = a.shape[transposeA ? ^2 : ^1];
        Shape batch = new(shape.Dims[..^2]);
        var (p, q) = (Places(new Shape(a.shape.Dims[..^2]), batch), Places(new Shape(b.shape.Dims[..^2]), batch));
        double Product(int at)
        {
            int one = at / (m * n), i = at / n % m, j = at % n;
            var sum = 0.0;
            for (var r = 0; r < k; r++)
                sum += Elements.Real(a, p(one) * m * k + (transposeA ? r * m + i : i * k + r))
                    * Elements.Real(b, q(one) * k * n + (transposeB ? j * k + r : r * n + j));
            return sum;
        }
        return Elements.Make(shape, a.dtype, Product);
    }

    public override Tensor Permute(Tensor x, int[] permutation, Shape shape) => Elements.Copy(shape, x.dtype, i =>
    {
        var to = Elements.Index(shape, i);
        var from = new int[to.Length];
        for (var k = 0; k < to.Length; k++) from[permutation[k]] = to[k];
        return (x, Elements.At(x.shape, from));
    });

    public override Tensor Broadcast(Tensor x, Shape shape)
    {
        var place = Places(x, shape);
        return Elements.Copy(shape, x.dtype, i => (x, place(i)));
    }

    public override Tensor Slice(Tensor x, int[] begin, int[] steps, Shape shape) =>
        Elements.Copy(shape, x.dtype,
            i => (x, Elements.At(x.shape, [.. Elements.Index(shape, i).Select((p, k) => begin[k] + p * steps[k])])));

    public override Tensor Embed(Tensor x, int[] begin, int[] steps, Shape shape, double padding)
    {
        var from = new Dictionary<int, int>();
        for (var i = 0; i < x.size; i++)
            from[Elements.At(shape, [.. Elements.Index(x.shape, i).Select((p, k) => begin[k] + p * steps[k])])] = i;
        var outside = Fill(Shape.Scalar, x.dtype, padding);
        return Elements.Copy(shape, x.dtype, i => from.TryGetValue(i, out var k) ? (x, k) : (outside, 0));
    }

    public override Tensor Concat(Tensor[] xs, int axis, Shape shape) => Elements.Copy(shape, xs[0].dtype, i =>
    {
        var index = Elements.Index(shape, i);
        var k = 0;
        for (; index[axis] >= xs[k].shape[axis]; k++) index[axis] -= xs[k].shape[axis];
        return (xs[k], Elements.At(xs[k].shape, index));
    });

    public override Tensor Gather(Tensor x, Tensor indices)
    {
        Shape shape = (x.shape[0], indices.shape[1], x.shape[2]);
        return Elements.Copy(shape, x.dtype, i =>
        {
            var at = Elements.Index(shape, i);
            at[1] = (int)Elements.Whole(indices, (indices.shape[0] == 1 ? 0 : at[0]) * indices.shape[1] + at[1]);
            return (x, Elements.At(x.shape, at));
        });
    }

    public override Tensor ScatterAdd(Tensor x, Tensor indices, int n)
    {
        Shape shape = (x.shape[0], n, x.shape[2]);
        var sums = new double[shape.Size];
        for (var i = 0; i < x.size; i++)
        {
            var at = Elements.Index(x.shape, i);
            at[1] = (int)Elements.Whole(indices, (indices.shape[0] == 1 ? 0 : at[0]) * indices.shape[1] + at[1]);
            if (at[1] >= 0) sums[Elements.At(shape, at)] += Elements.Real(x, i);
        }
        return Elements.Make(shape, x.dtype, i => sums[i]);
    }

    public override Tensor Flush(Tensor x) => Elements.Make(x.shape, x.dtype,
        i => Math.Abs(Elements.Real(x, i)) < (x.dtype == DType.Float32 ? 1.17549435e-38 : 2.2250738585072014e-308) ? 0
            : Elements.Real(x, i));

    public override void Update(UpdateKernel kernel, Variable variable, Tensor gradient, Variable? m, Variable? v,
        ReadOnlySpan<double> numbers)
    {
        var (w, g) = (variable.numpy(), gradient);
        var k = numbers.ToArray();
        double[] Old(Variable? x) => x is null ? [] : x.value().ToArray<double>();
        var (old, first, second) = (Old(variable), Old(m), Old(v));
        for (var i = 0; i < old.Length; i++)
        {
            var gi = Elements.Real(g, i);
            if (kernel.Op == "descent") old[i] -= k[0] * gi;
            else
            {
                first[i] += (gi - first[i]) * (1 - k[1]);
                second[i] += (gi * gi - second[i]) * (1 - k[2]);
                old[i] -= k[0] * first[i] / (Math.Sqrt(second[i]) + k[3]);
            }
        }
        variable.assign(Elements.Make(variable.shape, variable.dtype, i => old[i]));
        m?.assign(Elements.Make(variable.shape, variable.dtype, i => first[i]));
        v?.assign(Elements.Make(variable.shape, variable.dtype, i => second[i]));
    }

    /// <summary>Where the element of an operand lies that meets element i of a shape which the operand broadcasts to.</summary>
    static Func<int, int> Places(Tensor operand, Shape shape) => Places(operand.shape, shape);

    static Func<int, int> Places(Shape operand, Shape shape) => i =>
    {
        var index = Elements.Index(shape, i);
        return Elements.At(operand,
            [.. Enumerable.Range(0, operand.Rank).Select(k => operand[k] == 1 ? 0 : index[shape.Rank - operand.Rank + k])]);
    };
}
