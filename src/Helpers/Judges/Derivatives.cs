using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>First derivatives of functions of variables, trainable or not, and vectors made of all elements of several tensors.</summary>
static class Derivatives
{
    /// <summary>A scalar and its gradients; null where it does not depend on a variable.</summary>
    public static (double Value, Tensor?[] Gradients) Of(Func<Tensor> f, Variable[] variables)
    {
        using var tape = tf.GradientTape(watch_accessed_variables: false);
        tape.watch(variables);
        var value = f();
        return ((double)value, tape.gradient(value, variables));
    }

    public static Tensor[] OrZeros(Tensor?[] gradients, IReadOnlyList<Variable> variables) =>
        [.. gradients.Zip(variables, (g, v) => g ?? tf.zeros(v.shape, v.dtype))];

    /// <summary>a + factor·b where both are gradients; null, that a loss does not read the variable, stands for 0.</summary>
    public static Tensor? Sum(Tensor? a, double factor, Tensor? b) => b is null ? a : a is null ? factor * b : a + factor * b;

    /// <summary>Whether no element is NaN or infinite.</summary>
    public static bool AreFinite(Tensor t) => t.size == 0 || double.IsFinite((double)tf.reduce_max(tf.abs(t)));

    /// <summary>What to say of derivatives that are not finite although the losses are.</summary>
    /// <param name="who">Who found it.</param>
    /// <param name="what">Which derivatives.</param>
    public static JudgeException NotFinite(string who, string what) => new(
        $"{who}: expected finite derivatives. Received: NaN or infinity among {what}, while the losses themselves are finite. "
        + "A derivative has no end where a power, a root, a norm or a logarithm meets 0; no penalty, rate or further training mends that. "
        + "Take PowerLayer or tf.signed_pow(x, p, epsilon) for a power, "
        + "tf.sqrt(x + 1e-12) for a root or a norm, or leave the zeros out of the data.");

    /// <summary>All elements in one vector.</summary>
    public static Tensor Join(IEnumerable<Tensor> tensors) => tf.concat(tensors.Select(t => tf.reshape(t, -1)), 0);

    /// <summary>The elements of a vector in the shapes of variables.</summary>
    public static Tensor[] Split(Tensor vector, IReadOnlyList<Variable> variables)
    {
        var start = 0;
        return [.. variables.Select(v => tf.reshape(vector[start..(start += v.shape.Size)], v.shape))];
    }
}
