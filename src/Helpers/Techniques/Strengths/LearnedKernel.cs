using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// A Gaussian process whose kernel is learned: how far similarity reaches, how large the function is, and how large the noise.
/// </summary>
/// <remarks>
/// y is normal with the covariance K = variance·exp(−½‖(x − x')/length‖²) + noise·I. The log likelihood
/// −½(yᵀK⁻¹y + log|K| + n·log 2π) charges for a kernel that could give anything by log|K|; it moves the three logarithms by its gradient:
/// <c>new LearnedKernel(x, y).Fit()</c> all the way, or <c>kernel.Step(optimizers.SGD(0.02))</c> one step.
/// Judge: a normalised likelihood. Cost: n³ a look. Sources: Rasmussen and Williams 2006, chapter 5; scikit-learn's
/// GaussianProcessRegressor with ConstantKernel·RBF + WhiteKernel.
/// </remarks>
public sealed class LearnedKernel : HyperObjective
{
    const string Name = nameof(LearnedKernel);

    readonly Tensor x, y, mean;
    readonly double level, spread;

    /// <summary>A kernel for data, at its first values.</summary>
    /// <param name="x">Inputs, shape (n, d) or (n,), in any unit.</param>
    /// <param name="y">Targets, shape (n,) or (n, 1).</param>
    /// <param name="variance">The first variance of the function, above 0; default: that of the targets.</param>
    /// <param name="lengthScale">The first length scale, above 0; default: the median distance of two different inputs, along each feature
    /// where there is one for each.</param>
    /// <param name="noise">The first variance of the noise, above 0; default: a tenth of the targets' variance.</param>
    /// <param name="perFeature">Whether each feature has a length scale of its own, so that features which do not matter can get a long
    /// one. Default: one for all, so features should have one unit.</param>
    /// <param name="centre">Whether the mean of the targets is taken out first, as it should be for a process of mean 0.</param>
    /// <exception cref="JudgeException">There is nothing to judge by: too few rows, a value that is not finite, targets or inputs that do
    /// not vary.</exception>
    public LearnedKernel(Tensor x, Tensor y, Hyperparameter? variance = null, Hyperparameter? lengthScale = null,
        Hyperparameter? noise = null, bool perFeature = false, bool centre = true)
        : this(CentredData.Of(Name, x.ndim == 1 ? tf.expand_dims(x, 1) : x, y), variance, lengthScale, noise, perFeature, centre)
    {
    }

    LearnedKernel(CentredData data, Hyperparameter? variance, Hyperparameter? lengthScale, Hyperparameter? noise, bool perFeature,
        bool centre)
        : this(data, new((variance ?? data.Variance).Fixed(Name + " variance"), "variance", tf.float64),
            new(Lengths(data, lengthScale, perFeature), "length scale", tf.float64),
            new((noise ?? data.Variance / 10).Fixed(Name + " noise"), "noise", tf.float64), centre)
    {
    }

    LearnedKernel(CentredData data, Positive variance, Positive length, Positive noise, bool centre)
        : base(Judge.Evidence, [variance.Raw, length.Raw, noise.Raw], [])
    {
        (x, mean, level) = (data.X, data.MeanX, centre ? data.MeanY : 0);
        y = tf.expand_dims(centre ? data.Y : data.Y + data.MeanY, 1);
        spread = (double)tf.reduce_mean(tf.square(y));
        (Variance, LengthScale, Noise) = (variance, length, noise);
        foreach (var v in Variables) v.trainable = false;
    }

    /// <summary>The variance of the function.</summary>
    public Positive Variance { get; }

    /// <summary>How far similarity reaches: shape (), or (d,) with one for each feature.</summary>
    public Positive LengthScale { get; }

    /// <summary>The variance of the noise.</summary>
    public Positive Noise { get; }

    /// <summary>The log likelihood of the targets at today's values.</summary>
    public double LogLikelihood => -(double)Loss();

    /// <inheritdoc/>
    public override Hypergradient Evaluate()
    {
        var (loss, gradients) = Derivatives.Of(Loss, [.. Variables]);
        return new(loss, Read(gradients));
    }

    /// <summary>
    /// Moves all to a maximum of the likelihood: from today's values, and from the best two of eight other lengths and noises.
    /// </summary>
    /// <remarks>
    /// Quasi-Newton steps (BFGS) on the logarithms until the slopes are below 1e-7 of a unit. Ends at the border, with a warning, where no
    /// inner value is best: variances from 1e-10 to 1e10 of the targets' variance, lengths from 1e-5 to 1e5 of the median distance.
    /// </remarks>
    /// <returns>This kernel.</returns>
    public LearnedKernel Fit()
    {
        var today = KernelSearch.Join(Variables);
        var range = new KernelSearch(this, spread, Lengths(x, LengthScale.Raw.shape));
        var best = range.Starts(today).Select(range.Descend).MinBy(found => found.Loss);
        range.Assign(best.At);
        range.SayEdges(best.At);
        return this;
    }

    /// <summary>What the process says of other inputs: the mean, and the standard deviation of the function, without the noise.</summary>
    /// <param name="inputs">Shape (m, d), or (m,) for one feature.</param>
    public (Tensor Mean, Tensor Deviation) Predict(Tensor inputs)
    {
        var others = tf.cast(inputs.ndim == 1 ? tf.expand_dims(inputs, 1) : inputs, tf.float64);
        if (others.ndim != 2 || others.shape[1] != x.shape[1])
            throw new ArgumentException(
                $"{Name}: expected inputs of shape (m, {x.shape[1]}), as it was given. Received: shape {inputs.shape}.");
        var chol = Cholesky();
        var across = Covariance(others - mean, x);
        var predicted = tf.matmul(across, tf.linalg.cholesky_solve(chol, y));
        var known = tf.reduce_sum(tf.square(tf.linalg.triangular_solve(chol, tf.transpose(across))), axis: 0);
        return (predicted[.., 0] + level, tf.sqrt(tf.maximum(Variance.Value - known, 0.0)));
    }

    /// <summary>−log likelihood, differentiable.</summary>
    internal Tensor Loss()
    {
        var chol = Cholesky();
        var alone = tf.linalg.triangular_solve(chol, y);
        var logdet = 2 * tf.reduce_sum(tf.log(tf.linalg.diag_part(chol)));
        return 0.5 * (tf.reduce_sum(tf.square(alone)) + logdet + y.size * Math.Log(2 * Math.PI));
    }

    Tensor Cholesky()
    {
        try
        {
            return tf.linalg.cholesky(Covariance(x, x) + Noise.Value * tf.eye(y.size, dtype: tf.float64));
        }
        catch (NumericException)
        {
            throw new JudgeException(
                $"{Name}: expected a kernel matrix that is positive definite. Received: one that is not, at {Variance}, "
                    + $"{LengthScale}, {Noise}. Rows that are the same, or nearly so at this length, need noise: "
                        + $"give noise a first value above {Numbers.Show(1e-10 * (double)Variance.Value, 2)}, "
                            + "a shorter lengthScale, or leave the copies out.");
        }
    }

    Tensor Covariance(Tensor a, Tensor b)
    {
        Tensor u = a / LengthScale.Value, v = b / LengthScale.Value;
        var squares = tf.expand_dims(tf.reduce_sum(tf.square(u), 1), 1) + tf.reduce_sum(tf.square(v), 1)
            - 2.0 * tf.matmul(u, v, transpose_b: true);
        return Variance.Value * tf.exp(-0.5 * tf.maximum(squares, 0.0));
    }

    static Tensor Lengths(CentredData data, Hyperparameter? given, bool perFeature)
    {
        Shape shape = perFeature ? new(data.Columns) : new();
        return given is { } length ? tf.fill(shape, tf.constant(length.Fixed(Name + " lengthScale"), tf.float64)) : Lengths(data.X, shape);
    }

    /// <summary>The median distance of two different rows, over all features or along each.</summary>
    static Tensor Lengths(Tensor x, Shape shape)
    {
        if (shape.Rank == 0) return tf.constant(Median(x));
        return tf.constant(Enumerable.Range(0, x.shape[1]).Select(j => Median(x[.., j..(j + 1)])).ToArray());
    }

    static double Median(Tensor x)
    {
        const int Looked = 300;
        var rows = x.ToArray<double>().Chunk(x.shape[1]).ToArray();
        var every = Math.Max(1, rows.Length / Looked);
        rows = [.. rows.Where((_, i) => i % every == 0)];
        double[] apart = [.. rows.SelectMany((a, i) => rows.Take(i).Select(b => Math.Sqrt(a.Zip(b, (p, q) => (p - q) * (p - q)).Sum())))
            .Where(d => d > 0).Order()];
        return apart.Length == 0 ? 1 : apart[apart.Length / 2];
    }
}
