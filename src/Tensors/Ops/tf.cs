namespace Workbook.Tensors;

/// <summary>
/// TensorFlow's names. What is mathematical stands in <see cref="MathOps"/> and is reached as <c>tf.exp</c> or <c>tf.math.exp</c>.
/// </summary>
public abstract partial class tf : MathOps
{
    /// <summary>32-bit floating point, the default.</summary>
    public const DType float32 = DType.Float32;

    /// <summary>64-bit floating point.</summary>
    public const DType float64 = DType.Float64;

    /// <summary>32-bit signed integer.</summary>
    public const DType int32 = DType.Int32;

    /// <summary>64-bit signed integer.</summary>
    public const DType int64 = DType.Int64;

    /// <summary>True or false. TensorFlow: tf.bool.</summary>
    public const DType @bool = DType.Bool;

    /// <summary>TensorFlow's <c>tf.math</c>.</summary>
    public abstract class math : MathOps;

    /// <summary>TensorFlow's <c>tf.nn</c>.</summary>
    public abstract class nn : NeuralNetworkOps;

    /// <summary>TensorFlow's <c>tf.linalg</c>.</summary>
    public abstract class linalg : LinearAlgebraOps;

    /// <summary>TensorFlow's <c>tf.random</c>.</summary>
    public abstract class random : RandomOps;

    /// <summary>Opens a tape. TensorFlow: tf.GradientTape.</summary>
    /// <param name="persistent">Whether it answers more than once.</param>
    /// <param name="watch_accessed_variables">Whether trainable variables are watched when they are read.</param>
    public static GradientTape GradientTape(bool persistent = false, bool watch_accessed_variables = true) =>
        new(persistent, watch_accessed_variables);

    /// <summary>A named value that can be replaced, and that tapes follow. TensorFlow: tf.Variable.</summary>
    /// <inheritdoc cref="Workbook.Tensors.Variable(Tensor, bool, string?, DType?)"/>
    public static Variable Variable(Operand initial_value, bool trainable = true, string? name = null, DType? dtype = null) =>
        new(initial_value.Read(), trainable, name, dtype);
}
