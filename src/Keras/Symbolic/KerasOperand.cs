namespace Workbook.Keras;

/// <summary>What may stand in an expression between layers: a <see cref="KerasTensor"/>, or a tensor, variable or number beside one.</summary>
/// <remarks>Operators are symmetric: <c>v * x</c> and <c>x * v</c> both read the variable anew in every step, and the model adopts it.</remarks>
public abstract class KerasOperand
{
    private protected KerasOperand()
    {
    }

    /// <summary>A tensor, or a variable that is read anew whenever the model runs.</summary>
    public static implicit operator KerasOperand(Operand operand) => new Known(operand);

    /// <summary>A number.</summary>
    public static implicit operator KerasOperand(double number) => new Known(number);

    /// <summary>a + b, elementwise with broadcasting.</summary>
    public static KerasTensor operator +(KerasOperand a, KerasOperand b) => Step.Of("add", tf.add, a, b);

    /// <summary>a − b, elementwise with broadcasting.</summary>
    public static KerasTensor operator -(KerasOperand a, KerasOperand b) => Step.Of("subtract", tf.subtract, a, b);

    /// <summary>a · b, elementwise with broadcasting.</summary>
    public static KerasTensor operator *(KerasOperand a, KerasOperand b) => Step.Of("multiply", tf.multiply, a, b);

    /// <summary>a / b, elementwise with broadcasting.</summary>
    public static KerasTensor operator /(KerasOperand a, KerasOperand b) => Step.Of("divide", tf.divide, a, b);

    /// <summary>−a.</summary>
    public static KerasTensor operator -(KerasOperand a) => Step.Of("negative", tf.negative, a);

    /// <summary>a &lt; b, elementwise.</summary>
    public static KerasTensor operator <(KerasOperand a, KerasOperand b) => Step.Of("less", tf.less, a, b);

    /// <summary>a &gt; b, elementwise.</summary>
    public static KerasTensor operator >(KerasOperand a, KerasOperand b) => Step.Of("greater", tf.greater, a, b);

    /// <summary>a ≤ b, elementwise.</summary>
    public static KerasTensor operator <=(KerasOperand a, KerasOperand b) => Step.Of("less_equal", tf.less_equal, a, b);

    /// <summary>a ≥ b, elementwise.</summary>
    public static KerasTensor operator >=(KerasOperand a, KerasOperand b) => Step.Of("greater_equal", tf.greater_equal, a, b);

    /// <summary>A tensor, variable or number that stands beside a symbolic value.</summary>
    internal sealed class Known(Operand operand) : KerasOperand
    {
        public Operand Operand { get; } = operand;
    }
}
