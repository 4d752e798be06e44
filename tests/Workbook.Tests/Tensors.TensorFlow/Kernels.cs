using System.Reflection;
using Workbook.Tensors;
using Workbook.Tensors.Backends;

namespace Workbook.Tests.TensorFlow;

/// <summary>Every kernel that an op of the engine hands to a backend, found in the fields that hold them.</summary>
static class Kernels
{
    const BindingFlags Fields = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    public static Dictionary<string, Kernel> All { get; } = typeof(Tensor).Assembly.GetTypes().Where(t => !t.ContainsGenericParameters)
        .SelectMany(t => t.GetFields(Fields))
            .Where(f => f.FieldType.IsAssignableTo(typeof(Kernel)) || f.FieldType.IsAssignableTo(typeof(Kernel[])))
        .SelectMany(f => f.GetValue(null) is Kernel[] several ? several : [(Kernel)f.GetValue(null)!]).DistinctBy(k => k.Op)
            .ToDictionary(k => k.Op);

    /// <summary>Functions of rows share their type with elementwise ones.</summary>
    public static bool IsOfRows(Kernel kernel) =>
        kernel.Op.Contains("softmax", StringComparison.Ordinal) || kernel.Op.StartsWith("cumsum", StringComparison.Ordinal);

    /// <summary>The dtypes that a kernel takes.</summary>
    public static IEnumerable<DType> DTypes(Kernel kernel) => Enum.GetValues<DType>().Where(d =>
    {
        try
        {
            return kernel.For(d) is not null;
        }
        catch (DTypeException)
        {
            return false;
        }
    });

    /// <summary>Executes a kernel on the backend of this thread.</summary>
    /// <param name="kernel">Any but an optimizer's rule.</param>
    /// <param name="a">The input; for a function of matrices, square ones.</param>
    /// <param name="b">The second input, where the kernel takes one.</param>
    /// <param name="shape">The shape of the result of two inputs.</param>
    /// <param name="axes">What a reduction folds.</param>
    public static Tensor Execute(Kernel kernel, Tensor a, Tensor b, Shape shape, int[] axes) => kernel switch
    {
        MapKernel rows when IsOfRows(rows) => Backend.Current.Rows(rows, a),
        MapKernel map => Backend.Current.Map(map, a),
        ZipKernel zip => Backend.Current.Zip(zip, a, b, shape),
        CompareKernel compare => Backend.Current.Compare(compare, a, b, shape),
        ReduceKernel reduce => Backend.Current.Reduce(reduce, a, axes),
        PositionsKernel positions => Backend.Current.Positions(positions, a, 1),
        MatrixKernel matrix =>
            Backend.Current.Matrices(matrix, a, matrix.Op.Contains("solve", StringComparison.Ordinal) ? b : null, matrix.Op switch
            {
                "det" => new([.. a.shape.Dims[..^2], 1, 1]),
                "slogdet" => new([.. a.shape.Dims[..^2], 1, 2]),
                "eigh" => new([.. a.shape.Dims[..^2], a.shape[^1] + 1, a.shape[^1]]),
                _ => a.shape,
            }),
        _ => throw new NotSupportedException(kernel.Op),
    };
}
