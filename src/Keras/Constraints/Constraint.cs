using System.Diagnostics.CodeAnalysis;

namespace Workbook.Keras;

/// <summary>
/// Moves a weight back to where it may be, after each update. Keras: keras.constraints.Constraint. A name such as "non_neg" converts to
/// one.
/// </summary>
public abstract class Constraint : Module
{
    /// <summary>The nearest allowed value, or Keras' idea of it.</summary>
    /// <param name="w">A weight after an update.</param>
    public abstract Tensor Apply(Tensor w);

    /// <summary>The constraint of that name, with its defaults.</summary>
    /// <exception cref="ArgumentException">No such name.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Constraint?(string? name) => name is null ? null : Registry<Constraint>.Get("constraint", name);

    /// <summary>
    /// Keeps a variable where the constraint allows it: every optimizer applies it after each update. TensorFlow:
    /// tf.Variable(constraint=…).
    /// </summary>
    /// <param name="variable">A variable of your own; weights get theirs by add_weight.</param>
    /// <param name="constraint">Where it may be; it replaces an earlier one.</param>
    public static void Attach(Variable variable, Constraint constraint) => variable.Notes.Set(constraint);

    /// <summary>The constraint of a variable, if it has one.</summary>
    internal static Constraint? Of(Variable variable) => variable.Notes.Get<Constraint>();

    /// <summary>√Σw² along axes, kept.</summary>
    private protected static Tensor Norm(Tensor w, int[] axis) => tf.sqrt(tf.reduce_sum(tf.square(w), axis, keepdims: true));
}
