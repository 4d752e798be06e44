using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>A layer that learns which function it is: candidates, mixed by shares that sum to 1 (as in DARTS).</summary>
/// <remarks>
/// y = Σ sₖ·fₖ(x), s = softmax(raw), equal at first. Shapes: any → the same; s (candidates,).
/// <c>new MixedActivation(("relu", x =&gt; tf.nn.relu(x)), ("tanh", x =&gt; tf.tanh(x)))</c>. The mixture is learned as a function. Its
/// shares say something only where the candidates are no sums of each other: relu(x) is ½x + ½|x|, so with all three no data tell the
/// shares. <see cref="Told"/> asks that beforehand. Judge: the loss of the model. Source: Liu, Simonyan, Yang 2019.
/// </remarks>
public sealed class MixedActivation : Layer
{
    readonly Func<Tensor, Tensor>[] functions;

    /// <summary>A mixture of candidates.</summary>
    /// <param name="candidates">A name and a function of each, at least two, that keep the shape of x.</param>
    /// <exception cref="ArgumentException">Fewer than two, or a name twice.</exception>
    public MixedActivation(params IReadOnlyList<(string Name, Func<Tensor, Tensor> Function)> candidates)
    {
        Names = [.. candidates.Select(c => c.Name)];
        if (candidates.Count < 2 || Names.Distinct().Count() < Names.Count)
            throw new ArgumentException($"MixedActivation: expected at least two candidates, each with a name of its own. Received: "
                + $"{(candidates.Count == 0 ? "none" : string.Join(", ", Names))}. Name every function once.");
        functions = [.. candidates.Select(c => c.Function)];
        Shares = Simplex.Uniform(candidates.Count, name + "_shares", dtype);
    }

    /// <summary>The names of the candidates, in their order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What each candidate has of the mixture, shape (candidates,).</summary>
    public Simplex Shares { get; }

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    /// <exception cref="ShapeException">A candidate does not keep the shape.</exception>
    public override Tensor call(Tensor inputs, bool training)
    {
        var shares = tf.cast(Shares.Value, inputs.dtype);
        var mixture = shares[0] * Of(0, inputs);
        for (var k = 1; k < functions.Length; k++) mixture += shares[k] * Of(k, inputs);
        return mixture;
    }

    Tensor Of(int k, Tensor inputs) => functions[k](inputs) is var y && y.shape == inputs.shape ? y
        : throw new ShapeException($"Layer '{name}': expected candidates that keep the shape {inputs.shape}. Received: {y.shape} from "
            + $"'{Names[k]}'. Mix functions of each number by itself.");

    /// <summary>Whether such inputs can tell the shares: which of them may move together, with a sum of 0, and change nothing.</summary>
    /// <param name="inputs">Rows as the layer gets them, any shape.</param>
    /// <exception cref="ArgumentException">No number, or one that a candidate makes NaN or ∞ of.</exception>
    public Identifiability Told(Tensor inputs)
    {
        if (inputs.size == 0)
            throw new ArgumentException($"Layer '{name}': expected inputs that may tell the shares. Received: none. Give some that the layer "
                + "will get.", nameof(inputs));
        var x = tf.cast(tf.reshape(inputs, -1), tf.float64);
        // The sum of the shares is one more thing that is known of them.
        var columns = functions.Select(f => tf.cast(tf.reshape(f(x), -1), tf.float64))
            .Select(c => tf.concat([c, tf.ones(1, tf.float64) * tf.sqrt(tf.cast((double)c.size, tf.float64))], 0));
        return Identifiability.Of(tf.stack([.. columns], 1), Names);
    }
}
