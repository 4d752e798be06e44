namespace Workbook.Tensors;

/// <summary>
/// What may stand between the brackets of <c>a[…]</c>: a position (<c>2</c>, <c>^1</c>), a range (<c>1..3</c>, <c>..</c>), an ellipsis, a
/// new axis, or a range with a step.
/// </summary>
public readonly struct TensorIndex
{
    enum Kind
    {
        Range,
        Position,
        Ellipsis,
        NewAxis,
    }

    readonly Kind kind;
    readonly int? begin;
    readonly int? end;
    readonly int step;

    TensorIndex(Kind kind, int? begin = null, int? end = null, int step = 1)
    {
        this.kind = kind;
        this.begin = begin;
        this.end = end;
        this.step = step;
    }

    /// <summary>Every step-th position from begin to end, as Python's <c>begin:end:step</c>.</summary>
    /// <param name="begin">Negative counts from the end; null: the natural start.</param>
    /// <param name="end">Not included; negative counts from the end; null: the natural end.</param>
    /// <param name="step">Not 0; negative goes backwards.</param>
    public TensorIndex(int? begin, int? end, int step)
        : this(Kind.Range, begin, end, step)
    {
    }

    /// <summary>All axes that are not named. Python: <c>...</c></summary>
    public static TensorIndex Ellipsis { get; } = new(Kind.Ellipsis);

    /// <summary>A new axis of length 1. TensorFlow: tf.newaxis.</summary>
    public static TensorIndex NewAxis { get; } = new(Kind.NewAxis);

    /// <summary>One position; the axis is dropped. Negative counts from the end.</summary>
    public static implicit operator TensorIndex(int position) => new(Kind.Position, position);

    /// <summary>One position, possibly from the end; the axis is dropped.</summary>
    public static implicit operator TensorIndex(Index position) => new(Kind.Position, From(position));

    /// <summary>A C# range; out of range is clipped, as in Python.</summary>
    public static implicit operator TensorIndex(Range range) => new(Kind.Range, From(range.Start), From(range.End));

    /// <summary>Past every axis: what ^0 means, which no negative number can say.</summary>
    const int PastEnd = int.MaxValue;

    static int From(Index i) => !i.IsFromEnd ? i.Value : i.Value == 0 ? PastEnd : -i.Value;

    internal bool IsEllipsis => kind == Kind.Ellipsis;

    internal bool IsNewAxis => kind == Kind.NewAxis;

    internal bool TakesAxis => kind is Kind.Range or Kind.Position;

    internal bool DropsAxis => kind == Kind.Position;

    /// <summary>First position, step and count on an axis.</summary>
    internal (int Begin, int Step, int Count) On(Shape shape, int axis)
    {
        var n = shape[axis];
        if (kind == Kind.Position)
        {
            var at = begin!.Value < 0 ? begin.Value + n : begin.Value;
            return at >= 0 && at < n ? (at, 1, 1)
                : throw new ShapeException(
                    $"strided_slice: expected a position from {-n} to {n - 1} on axis {axis} of {shape}. "
                        + $"Received: {(begin == PastEnd ? "^0" : begin)}.");
        }
        if (step == 0) throw new ShapeException($"strided_slice: expected a step other than 0 on axis {axis}. Received: 0.");
        int first = step > 0 ? 0 : n - 1, last = step > 0 ? n : -1;
        int from = begin is { } b ? Clip(b, n, step) : first, to = end is { } e ? Clip(e, n, step) : last;
        var count = step > 0 ? (to - from + step - 1) / step : (from - to - step - 1) / -step;
        return count > 0 ? (from, step, count) : (0, step, 0);
    }

    static int Clip(int position, int n, int step) =>
        Math.Clamp(position < 0 ? position + n : position, step > 0 ? 0 : -1, step > 0 ? n : n - 1);
}
