using Workbook.Tensors.Autodiff;

namespace Workbook.Tensors;

/// <summary>A named value that can be replaced, and that open tapes follow when it is read. TensorFlow: tf.Variable.</summary>
/// <remarks>
/// Shape and dtype are fixed by the initial value. A tensor read earlier keeps the value it was read with: an optimizer writes
/// into the elements in place only while nobody else can see them, and into a copy otherwise.
/// </remarks>
public sealed class Variable : Operand
{
    Tensor current;
    Tensor? leaf;
    bool shared;

    /// <summary>The tape session that saw this variable last: one comparison instead of a look-up at each reading.</summary>
    internal GradientTape.Session? SeenBy;


    /// <summary>A variable with an initial value; usually written <c>tf.Variable(0.01, name: "strength")</c>.</summary>
    /// <param name="initial_value">The first value; a fractional C# number gives float32.</param>
    /// <param name="trainable">Whether tapes watch it by themselves and optimizers may move it.</param>
    /// <param name="name">The name in messages, records and charts; default "Variable".</param>
    /// <param name="dtype">The element type; default that of the initial value.</param>
    public Variable(Tensor initial_value, bool trainable = true, string? name = null, DType? dtype = null)
    {
        current = Own(dtype is { } d ? initial_value.IsWeak ? initial_value.Strengthen(d, "tf.Variable") : tf.cast(initial_value, d) : initial_value);
        this.trainable = trainable;
        this.name = name ?? "Variable";
    }

    /// <summary>The name in messages, records and charts.</summary>
    public string name { get; }

    /// <summary>Whether tapes watch it by themselves and optimizers may move it.</summary>
    public bool trainable { get; set; }

    /// <inheritdoc/>
    public override Shape shape => current.shape;

    /// <inheritdoc/>
    public override DType dtype => current.dtype;

    /// <summary>The current value as a tensor. Open tapes that watch this variable follow the tensor.</summary>
    public override Tensor value()
    {
        shared = true;
        return Read();
    }

    internal override Tensor Read()
    {
        VariableReads.Note(this);
        var tapes = TapeSet.Reading(this);
        if (tapes is null) return current;
        // One leaf per value and set of tapes, so that gradients meet in one place.
        if (leaf is not null && ReferenceEquals(leaf.Tapes, tapes)) return leaf;
        return leaf = new Tensor(current, shape) { Source = this, Tapes = tapes };
    }

    /// <summary>The current value as a tensor; the same as <see cref="value"/>.</summary>
    public Tensor read_value() => value();

    /// <summary>The elements as a C# array; see <see cref="Tensor.numpy"/>.</summary>
    public Array numpy() => current.numpy();

    /// <summary>Replaces the value. No gradient flows through an assignment.</summary>
    /// <param name="value">The new value, of the same shape and dtype.</param>
    /// <returns>This variable.</returns>
    /// <exception cref="ShapeException">The shape differs.</exception>
    /// <exception cref="DTypeException">The dtype differs.</exception>
    public Variable assign(Tensor value)
    {
        if (value.IsWeak) value = value.Strengthen(dtype, "assign");
        if (value.shape != shape)
            throw new ShapeException($"assign: expected shape {shape} for variable '{name}'. Received: {value.shape}.");
        if (value.dtype != dtype)
            throw new DTypeException($"assign: expected {dtype.Name()} for variable '{name}'. Received: {value.dtype.Name()}. Cast it: tf.cast(value, tf.{dtype.Name()}).");
        current = Own(value);
        leaf = null;
        return this;
    }

    /// <summary>Remembers that somebody may hold the elements.</summary>
    internal void Share() => shared = true;

    /// <summary>The elements, to be written in place: copied first if a tensor that somebody holds, a tape that may still be asked, or a foreign backend sees them.</summary>
    internal Array Writable()
    {
        if (shared || current.Storage is not null || leaf?.Tapes is { AllSpent: false })
        {
            current = new((Array)current.Data.Clone(), shape, dtype) { Source = this };
            shared = false;
        }
        leaf = null;
        return current.Data;
    }

    /// <summary>Adds to the value.</summary>
    /// <param name="delta">What to add; broadcasts to the shape of the variable.</param>
    public Variable assign_add(Tensor delta) => assign(Unrecorded(() => tf.add(current, delta.Read())));

    /// <summary>Subtracts from the value.</summary>
    /// <param name="delta">What to subtract; broadcasts to the shape of the variable.</param>
    public Variable assign_sub(Tensor delta) => assign(Unrecorded(() => tf.subtract(current, delta.Read())));

    /// <summary>The name, shape, dtype and rounded value.</summary>
    public override string ToString() => $"tf.Variable('{name}', shape={shape}, dtype={dtype.Name()}, value={current.Elements()})";

    Tensor Own(Tensor t)
    {
        shared = true;
        t.Source?.Share();
        return new(t, t.shape) { Source = this };
    }

    static Tensor Unrecorded(Func<Tensor> compute)
    {
        using (TapeSet.Suspend()) return compute();
    }
}
