using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>A number of the logs, made from a C# number or from the result of a metric; of a result with several elements it is the
/// mean.</summary>
/// <param name="Number">The number.</param>
public readonly record struct LogValue(double Number)
{
    /// <summary>A C# number.</summary>
    public static implicit operator LogValue(double number) => new(number);

    /// <summary>A tensor or variable.</summary>
    public static implicit operator LogValue(Operand value)
    {
        if (value is Tensor tensor && tensor.HasOrigin) Snapshot.SayNumbers("A number of the logs", tensor.Unread);
        return new((double)(value.shape.Rank == 0 ? value : tf.reduce_mean(tf.cast(value, DType.Float64))));
    }

    /// <summary>The number.</summary>
    public static implicit operator double(LogValue value) => value.Number;
}
