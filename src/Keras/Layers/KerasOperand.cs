using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>
/// What may stand in an expression between layers: a <see cref="KerasTensor"/>, or a tensor, variable or number beside one.
/// </summary>
/// <remarks>
/// Operators are symmetric: <c>v * x</c> and <c>x * v</c> both read the variable anew in every step, and the model adopts it.
/// </remarks>
public abstract class KerasOperand
{
    private protected KerasOperand()
    {
    }

    /// <summary>
    /// A tensor, or a variable that is read anew whenever the model runs. A tensor that was computed from a trainable variable is named in
    /// a warning; tf.stop_gradient says that it is meant.
    /// </summary>
    public static implicit operator KerasOperand(Operand operand)
    {
        Snapshot.Say("a tensor beside a symbolic one", (operand as Tensor)?.Sources ?? []);
        return new Known(operand.value);
    }

    /// <summary>A function of variables that is evaluated anew whenever the model runs, and whose variables the model adopts.</summary>
    public static KerasOperand Of(Func<Tensor> function) => new Known(function);

    /// <summary>A number.</summary>
    public static implicit operator KerasOperand(double number) => (Operand)number;

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
    internal sealed class Known(Func<Tensor> read) : KerasOperand
    {
        /// <summary>The variable, if it is one itself.</summary>
        public Variable? Variable => read.Target as Variable;

        public Tensor Value
        {
            get
            {
                var value = read();
                if (value.HasOrigin && Recording.IsOn && value.Kept is { Length: > 0 } kept)
                    Snapshot.Say("a function beside a symbolic value", kept);
                return value;
            }
        }
    }
}
