using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tensors.Autodiff;

namespace Workbook.Helpers;

/// <summary>
/// A learned variable that cannot leave its domain: a raw trainable value, free to be any number, and a map into the domain.
/// </summary>
/// <remarks>
/// Stands wherever a <see cref="Hyperparameter"/> or a tensor is expected; between layers write <c>x * v</c>; beside a C# number <c>2.0 *
/// v.Value</c>, inside a function where it must not freeze. Optimizers move <see cref="Raw"/>, whose name is NAME/raw; records
/// and charts show <see cref="Value"/> under NAME. A field of a model that holds one owns its raw variable. Domains bound a variable, they
/// do not judge
/// it: a training loss that is monotone in it still pushes it to the end of its domain, only for ever.
/// </remarks>
public abstract class DomainVariable : Module
{
    readonly Func<double[], double[]> inverse;

    private protected DomainVariable(Operand initial, Func<double[], double[]> inverse, string name, DType? dtype)
    {
        (this.inverse, Name) = (inverse, name);
        Raw = tf.Variable(tf.cast(RawOf(initial), dtype ?? (initial.dtype == DType.Float64 ? DType.Float64 : DType.Float32)),
            name: name + "/raw");
        BeginsWith(Raw, initial);
        Raw.Notes.Set(this);
    }

    /// <summary>The name in records and charts.</summary>
    public string Name { get; }

    /// <summary>What optimizers move; any number is allowed.</summary>
    public Variable Raw { get; }

    /// <summary>The value in natural units. Open tapes follow it back to <see cref="Raw"/>.</summary>
    public Tensor Value => Map(Raw.value());

    /// <summary>Gives it another value in natural units; <see cref="Raw"/> moves there.</summary>
    /// <param name="value">Inside of the domain, of the shape it has.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside of the domain, as for the first one.</exception>
    /// <exception cref="ShapeException">Another shape.</exception>
    public void Assign(Operand value)
    {
        Raw.assign(tf.cast(RawOf(value), Raw.dtype));
        Raw.Became(value);
    }

    /// <summary>The value in natural units, as a tensor.</summary>
    public static implicit operator Tensor(DomainVariable variable) => variable.Value;

    /// <summary>The value in natural units, read anew whenever the number is needed.</summary>
    public static implicit operator Hyperparameter(DomainVariable variable) => Hyperparameter.Of(() => variable.Value);

    /// <summary>The value in natural units beside a symbolic value, read anew whenever the model runs: <c>x * p</c>.</summary>
    public static implicit operator KerasOperand(DomainVariable variable) => KerasOperand.Of(() => variable.Value);

    /// <summary>The value in natural units as a learning rate, read anew for every update.</summary>
    public static implicit operator LearningRate(DomainVariable variable) => (Hyperparameter)variable;

    /// <summary>The value in natural units as the weight of the only output, or a vector as the weights of all.</summary>
    public static implicit operator WeightsPerOutput(DomainVariable variable) => (Hyperparameter)variable;

    /// <summary>The name and the value.</summary>
    public override string ToString() => $"{Name} = {tf.stop_gradient(Value)}";

    /// <summary>The variable whose raw value this is; null when it is a plain variable.</summary>
    internal static DomainVariable? Of(Variable raw) => raw.Notes.Get<DomainVariable>();

    /// <summary>The value that a raw value stands for.</summary>
    internal Tensor ValueAt(Tensor raw) => Map(raw);

    /// <summary>In double, so that a float32 variable stands at the nearest raw value and not at the logarithm of a rounded one.</summary>
    Tensor RawOf(Operand value) => Tensor.FromSpan<double>(inverse(tf.constant(value, DType.Float64).ToArray<double>()), value.shape);

    private protected abstract Tensor Map(Tensor raw);

    /// <summary>Refuses initial values outside, with the domain in words.</summary>
    private protected static double[] Inside(double[] values, Func<double, bool> inside, string name, string domain) =>
        Array.FindIndex(values, v => !double.IsFinite(v) || !inside(v)) is >= 0 and var i
            ? throw new ArgumentOutOfRangeException(nameof(values), $"'{name}': expected {domain}. Received: {Numbers.Show(values[i])}.")
            : values;
}
