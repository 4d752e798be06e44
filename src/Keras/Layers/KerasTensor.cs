namespace Workbook.Keras;

/// <summary>
/// A value that a model will have: a place in its graph, made by <c>keras.Input</c>, a layer, or an op. Keras: keras.KerasTensor.
/// </summary>
/// <remarks>
/// It carries a sample, a batch of 2 rows that went through the real layers and ops, so its shape needs no rules of its own. An axis that
/// answers
/// to the size of the batch is shown as −1: whoever asks for the shape has a batch of 4 rows go the same way. Most ops of <c>tf</c>,
/// <c>tf.math</c> and <c>tf.nn</c> take it; for any other code between layers
/// there is <see cref="Then"/>.
/// </remarks>
public sealed class KerasTensor : KerasOperand
{
    /// <summary>The rows of a sample.</summary>
    internal const int SampleRows = 2, LongerRows = 4;

    /// <summary>
    /// The length of an axis that an input leaves open, in a sample: long enough for a few windows and pools one after another. Pictures of
    /// any size are shorter, since they count twice.
    /// </summary>
    static (int Sample, int Longer) LengthsOf(Shape stated) => stated.Dims[1..].Count(-1) > 1 ? (32, 37) : (128, 137);

    readonly Shape? stated;
    Tensor? longer;
    Shape? known;

    internal KerasTensor(Tensor sample, Step? step, string name) => (Sample, Step, this.name) = (sample, step, name);

    /// <summary>An input.</summary>
    internal KerasTensor(Shape stated, DType dtype, string name)
        : this(Filled(stated, SampleRows, LengthsOf(stated).Sample, dtype), null, name) => this.stated = stated;

    /// <summary>Whether it is an input that takes samples of any length.</summary>
    internal bool IsOpen => stated is not null && stated.Dims[1..].Contains(-1);

    /// <summary>What the step gave for the sample.</summary>
    internal Tensor Sample { get; }

    /// <summary>What the step gives for a batch of another size; null if it fails for one.</summary>
    internal Tensor? Longer
    {
        get => Step is not null ? longer
            : longer ??= Filled(stated ?? Sample.shape, LongerRows, LengthsOf(stated ?? Sample.shape).Longer, Sample.dtype);
        set => longer = value;
    }

    /// <summary>What makes this value; null for an input.</summary>
    internal Step? Step { get; }

    /// <summary>The name: that of the input, or of the layer or op that makes it.</summary>
    public string name { get; }

    /// <summary>The axis lengths; −1 for each that answers to the size of the batch, which is usually the first.</summary>
    public Shape shape => known ??= Found();

    Shape Found()
    {
        Step?.RunLonger();
        if (Longer is not { } other || other.ndim != Sample.ndim) return Sample.shape;
        return new([.. Sample.shape.Select((d, i) => other.shape[i] == d ? d : -1)]);
    }

    /// <summary>The element type.</summary>
    public DType dtype => Sample.dtype;

    /// <summary>
    /// Any code of ops between layers: <c>x.Then(t =&gt; tf.math.pow(t, power))</c>. Variables that it reads are adopted by the model.
    /// </summary>
    /// <param name="function">From the batch to another; it runs anew in every step, so it must not remember the batch of 2.</param>
    /// <param name="name">A name for summaries; default "then".</param>
    public KerasTensor Then(Func<Tensor, Tensor> function, string name = "then") => Step.Of(name, x => function(x.value()), this);

    /// <summary>The name, shape and dtype.</summary>
    public override string ToString() => $"<KerasTensor {name}, shape={shape}, dtype={dtype.Name()}>";

    /// <summary>Ones keep logarithms, roots and quotients of a sample finite; identifiers start at 0.</summary>
    static Tensor Filled(Shape sample, int rows, int length, DType dtype)
    {
        var shape = new Shape([rows, .. sample.Dims[1..].ToArray().Select(d => d < 0 ? length : d)]);
        return dtype == DType.Bool ? tf.ones(shape, dtype) : tf.fill(shape, dtype.IsFloating() ? 1 : 0, dtype);
    }
}

public static partial class keras
{
    /// <summary>The place where data enters a model. Keras: keras.Input.</summary>
    /// <param name="shape">The shape of one sample, without the batch axis; −1 for a length that differs from batch to batch, as in a
    /// text. Python: None.</param>
    /// <param name="name">Default input_layer, input_layer_1, …</param>
    /// <param name="dtype">Data of another type is cast to it; default <see cref="config.floatx"/>.</param>
    public static KerasTensor Input(Shape shape, string? name = null, DType? dtype = null) => new(new Shape([-1, .. shape]), dtype
        ?? config.floatx(),
        LayerNames.Next(name, "input_layer"));
}
