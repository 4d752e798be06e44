namespace Workbook.Keras;

/// <summary>
/// factor · ½·Σ|off-diagonal of ŵŵᵀ| / (n(n − 1)/2) with rows (or columns) ŵ of length 1: 0 where they are orthogonal. Keras:
/// keras.regularizers.OrthogonalRegularizer.
/// </summary>
[Names("orthogonal_regularizer", "orthogonal", "OrthogonalRegularizer")]
public sealed class OrthogonalRegularizer : Regularizer
{
    readonly Hyperparameter factor;
    readonly bool rows;
    [Argument("mode")]
    string Mode => rows ? "rows" : "columns";

    /// <summary>A penalty on vectors that are not orthogonal.</summary>
    /// <param name="factor">The strength, at least 0; default 0.01; may be a variable.</param>
    /// <param name="mode">"rows" (default) or "columns": which vectors are to be orthogonal.</param>
    /// <exception cref="ArgumentException">Another mode, or a negative strength.</exception>
    public OrthogonalRegularizer(Hyperparameter? factor = null, string mode = "rows")
    {
        Spelling.Check("OrthogonalRegularizer mode", mode, "rows", "columns");
        this.factor = (factor ?? 0.01).Within("factor", low: 0);
        rows = mode == "rows";
    }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Not a matrix.</exception>
    public override Tensor Apply(Tensor x)
    {
        if (x.ndim != 2) throw new ShapeException($"OrthogonalRegularizer: expected a matrix. Received: shape {x.shape}.");
        var unit = tf.nn.l2_normalize(x, rows ? 1 : 0);
        var products = rows ? tf.matmul(unit, unit, transpose_b: true) : tf.matmul(unit, unit, transpose_a: true);
        var n = products.shape[0];
        var others = products * (1 - tf.eye(n, dtype: x.dtype));
        return factor.value(x.dtype) * (0.5 * tf.reduce_sum(tf.abs(others)) / Math.Max(1, n * (n - 1) / 2));
    }
}
