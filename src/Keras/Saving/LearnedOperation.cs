namespace Workbook.Keras;

/// <summary>
/// A number or array that is learned, and an operation with it: x·w, x + w, w/x, xʷ and the like. A model that has a variable beside a
/// symbolic value, <c>tf.pow(x, exponent)</c>, is saved with this in its place.
/// </summary>
/// <remarks>Keras has no such layer. The file workbook_layers.py, written beside the model, makes one of the same name, which loads and
/// trains there.</remarks>
public sealed class LearnedOperation : Layer
{
    static readonly Dictionary<string, Func<Operand, Operand, Tensor>> known = new()
    {
        ["add"] = tf.add,
        ["subtract"] = tf.subtract,
        ["multiply"] = tf.multiply,
        ["divide"] = tf.divide,
        ["pow"] = tf.pow,
        ["maximum"] = tf.maximum,
        ["minimum"] = tf.minimum,
    };

    readonly string operation;
    readonly bool first;
    readonly Shape shape;
    readonly Func<Operand, Operand, Tensor> run;

    /// <summary>A learned value on one side of an operation.</summary>
    /// <param name="operation">add, subtract, multiply, divide, pow, maximum or minimum.</param>
    /// <param name="shape">The shape of what is learned; it is spread over the input as in TensorFlow.</param>
    /// <param name="first">Whether it stands on the left: w − x rather than x − w.</param>
    /// <param name="name">Default learned_operation, numbered.</param>
    /// <exception cref="ArgumentException">Another operation.</exception>
    public LearnedOperation(string operation, Shape shape, bool first = false, string? name = null) : base(name)
    {
        Spelling.Check("LearnedOperation", operation, [.. known.Keys]);
        (this.operation, this.shape, this.first, run) = (operation, shape, first, known[operation]);
    }

    /// <summary>Stands in a file for a step that reads a variable.</summary>
    internal LearnedOperation(string operation, Variable value, bool first) : this(operation, value.shape, first, operation) =>
        this.value = value;

    /// <summary>The names of the operations.</summary>
    internal static IEnumerable<string> Operations => known.Keys;

    /// <summary>What is learned; 1 at first. Null before the layer is built.</summary>
    public Variable? value { get; private set; }

    /// <inheritdoc/>
    public override void build(Shape input_shape) => value = add_weight(shape, new Ones(), "value");

    /// <inheritdoc/>
    internal override IEnumerable<(string Path, Variable Weight)> Stored() => value is null ? [] : [("vars/0", value)];

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training) => first ? run(value!, inputs) : run(inputs, value!);
}
