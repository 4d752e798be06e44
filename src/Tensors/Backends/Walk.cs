namespace Workbook.Tensors.Backends;

/// <summary>How operands of different shapes walk together through a result: runs along the last axis, and where each run starts.</summary>
/// <remarks>Axes along which every operand steps evenly are merged first, so that runs are as long as can be.</remarks>
internal sealed class Walk
{
    readonly int[] lengths;
    readonly int[][] strides;
    readonly int[] index;
    readonly int[] offsets;

    /// <summary>A walk over a shape; strides[k][i] is what one step along axis i means for operand k.</summary>
    public Walk(ReadOnlySpan<int> shape, params int[][] strides)
    {
        var merged = new List<int>();
        var steps = Array.ConvertAll(strides, _ => new List<int>());
        for (var i = 0; i < shape.Length; i++)
        {
            if (shape[i] == 1) continue;
            var merges = merged.Count > 0;
            for (var k = 0; k < strides.Length && merges; k++) merges = steps[k][^1] == strides[k][i] * shape[i];
            if (merges) merged[^1] *= shape[i];
            else merged.Add(shape[i]);
            for (var k = 0; k < strides.Length; k++)
                if (merges) steps[k][^1] = strides[k][i];
                else steps[k].Add(strides[k][i]);
        }
        if (merged.Count == 0)
        {
            merged.Add(1);
            foreach (var s in steps) s.Add(1);
        }
        Run = merged[^1];
        lengths = [.. merged.Take(merged.Count - 1)];
        this.strides = Array.ConvertAll(steps, s => s.ToArray());
        index = new int[lengths.Length];
        offsets = new int[strides.Length];
        IsEmpty = merged.Contains(0);
    }

    /// <summary>The number of elements of each run.</summary>
    public int Run { get; }

    /// <summary>Whether there is nothing to walk through.</summary>
    public bool IsEmpty { get; }

    /// <summary>Where operand k's current run starts.</summary>
    public int Offset(int k) => offsets[k];

    /// <summary>What one step within a run means for operand k.</summary>
    public int Step(int k) => strides[k][^1];

    /// <summary>Goes to the next run; false after the last.</summary>
    public bool Next()
    {
        for (var i = lengths.Length - 1; i >= 0; i--)
        {
            index[i]++;
            for (var k = 0; k < offsets.Length; k++) offsets[k] += strides[k][i];
            if (index[i] < lengths[i]) return true;
            for (var k = 0; k < offsets.Length; k++) offsets[k] -= strides[k][i] * lengths[i];
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
