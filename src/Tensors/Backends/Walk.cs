namespace Workbook.Tensors.Backends;

/// <summary>How operands of different shapes walk together through a result: runs along the last axis, and where each run
/// starts.</summary>
/// <remarks>Axes along which every operand steps evenly are merged first, so that runs are as long as can be.</remarks>
sealed class Walk
{
    /// <summary>
    /// Per merged axis its length and each operand's step; the last axis is the run. One array, since small ops walk too.
    /// </summary>
    readonly int[] axes;
    readonly int[] offsets;
    readonly int[] index;
    readonly int operands;
    readonly int outer;

    /// <summary>A walk over a shape; strides[k][i] is what one step along axis i means for operand k.</summary>
    public Walk(ReadOnlySpan<int> shape, params ReadOnlySpan<int[]> strides)
    {
        operands = strides.Length;
        var width = operands + 1;
        axes = new int[Math.Max(1, shape.Length) * width];
        offsets = new int[operands];
        var count = 0;
        for (var i = 0; i < shape.Length; i++)
        {
            if (shape[i] == 1) continue;
            if (shape[i] == 0) IsEmpty = true;
            var merges = count > 0;
            for (var k = 0; k < operands && merges; k++) merges = axes[(count - 1) * width + 1 + k] == strides[k][i] * shape[i];
            if (merges) axes[(count - 1) * width] *= shape[i];
            else axes[count++ * width] = shape[i];
            for (var k = 0; k < operands; k++) axes[(count - 1) * width + 1 + k] = strides[k][i];
        }
        if (count == 0) Array.Fill(axes, 1, count++ * width, width);
        outer = count - 1;
        Run = axes[outer * width];
        index = outer == 0 ? [] : new int[outer];
    }

    /// <summary>The number of elements of each run.</summary>
    public int Run { get; }

    /// <summary>Whether there is nothing to walk through.</summary>
    public bool IsEmpty { get; }

    /// <summary>Where operand k's current run starts.</summary>
    public int Offset(int k) => offsets[k];

    /// <summary>What one step within a run means for operand k.</summary>
    public int Step(int k) => axes[outer * (operands + 1) + 1 + k];

    /// <summary>Goes to the next run; false after the last.</summary>
    public bool Next()
    {
        for (var i = outer - 1; i >= 0; i--)
        {
            var axis = axes.AsSpan(i * (operands + 1), operands + 1);
            index[i]++;
            for (var k = 0; k < operands; k++) offsets[k] += axis[1 + k];
            if (index[i] < axis[0]) return true;
            for (var k = 0; k < operands; k++) offsets[k] -= axis[1 + k] * axis[0];
            index[i] = 0;
        }
        return false;
    }

    /// <summary>The strides of an operand that broadcasts to a shape: 0 along stretched axes.</summary>
    public static int[] Stretched(Shape operand, Shape shape)
    {
        var own = operand.Strides();
        var result = new int[shape.Rank];
        for (int i = 0, skip = shape.Rank - operand.Rank; i < operand.Rank; i++)
            result[skip + i] = operand[i] == 1 ? 0 : own[i];
        return result;
    }
}
