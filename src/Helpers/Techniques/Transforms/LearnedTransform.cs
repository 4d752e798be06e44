using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>An invertible transformation z of a target or of features x, with a learned shape λ, and the term that charges for it: the
/// logarithm of its slope.</summary>
/// <remarks>
/// Loss: ½·log(mean of squared residuals of z) − mean log(dz/dx), the negative log-likelihood of normal residuals for each row, up to a
/// constant. Without its second term the loss is monotone in λ: squeezing all values together is the cheapest fit.
/// <see cref="Fit"/> finds λ at once, <see cref="Profile(Operand, Func{Tensor, Tensor})"/> says how sure it is,
/// <see cref="TransformLayer"/> puts it into a model, <see cref="TransformedTarget"/> onto a target. The unit of x matters: take it from
/// <see cref="Unit"/>.
/// For a transformation of your own override the abstract members.
/// Judge: a normalised likelihood. Source: Box and Cox 1964.
/// </remarks>
public abstract class LearnedTransform : Module
{
    // The series is then good to 1e-14 with its gradient, and the quotient beyond to 1e-12 in float64, 1e-4 in float32.
    const double Near = 1e-3;

    /// <summary>A transformation.</summary>
    /// <param name="initial">The first λ, one number or one for each column of x; default 1.</param>
    /// <param name="name">The name of the variable.</param>
    /// <param name="dtype">The element type of the variable.</param>
    protected LearnedTransform(Hyperparameter? initial, string name, DType dtype)
    {
        var first = initial ?? 1;
        var place = $"{GetType().Name} initial";
        if (first.Number is not null || first.value().size == 1)
            Lambda = tf.Variable(first.Fixed(place), name: name, dtype: dtype);
        else
        {
            first.SayKept(place);
            Lambda = tf.Variable(tf.stop_gradient(first.value(dtype)), name: name, dtype: dtype);
        }
    }

    /// <summary>λ, a scalar or one number for each column: trains with the weights of the model. At 1 the shape is unchanged.</summary>
    public Variable Lambda { get; }

    /// <summary>z, of the shape of x. Differentiable by x and by λ.</summary>
    /// <param name="x">The values to transform.</param>
    public abstract Tensor Apply(Operand x);

    /// <summary>log(dz/dx), of the shape of x.</summary>
    /// <param name="x">The values to transform.</param>
    public abstract Tensor LogSlope(Operand x);

    /// <summary>The open range of z, each end of the shape of λ; −∞ and ∞ where it has no end.</summary>
    public abstract (Tensor Low, Tensor High) Range { get; }

    /// <summary>The same transformation with another λ that stands still.</summary>
    /// <param name="lambda">A number.</param>
    public abstract LearnedTransform At(double lambda);

    /// <summary>x, of the shape of z; where z lies beyond the range, the end of x there, which may be infinite.</summary>
    /// <param name="z">Transformed values.</param>
    protected internal abstract Tensor Back(Operand z);

    /// <summary>The unit in which x should be transformed, x ↦ (x − shift) / scale; by default columns of mean 0 and variance 1.</summary>
    /// <param name="x">Shape (rows, …).</param>
    /// <exception cref="ArgumentException">A value is not finite, or a column is constant.</exception>
    public virtual (Tensor Shift, Tensor Scale) Unit(Operand x)
    {
        Column.Check(GetType().Name, x);
        return (tf.reduce_mean(x, axis: 0), tf.math.reduce_std(x.value(), axis: 0));
    }

    /// <summary>x, from z: of the shape of z.</summary>
    /// <param name="z">Transformed values, inside of <see cref="Range"/>.</param>
    /// <exception cref="ArgumentException">A z that no x has: the message names its row.</exception>
    public Tensor Inverse(Operand z)
    {
        var (low, high) = Range;
        var outside = tf.logical_not(tf.logical_and(z > low, z < high));
        if (Column.FirstRow(outside) is { } at)
            throw new ArgumentException($"{GetType().Name}: expected values inside of its range at lambda {Show(Lambda)}, from {Show(low)} "
                + $"to {Show(high)}. Received: {Numbers.Show(at.Of(z))} in row {at.Row} (counted from 0), which no x is sent to. "
                + "Predict nearer to the data, or take another lambda.");
        return Back(z);
    }

    /// <summary>The negative log-likelihood for a row of values whose transform is normal around one mean, a scalar.</summary>
    /// <param name="x">Shape (rows,) or (rows, columns), whose columns are added.</param>
    /// <exception cref="ArgumentException">A value is not finite, or a column is constant: the message names it.</exception>
    public Tensor Loss(Operand x) => Loss(x, z => z - tf.reduce_mean(z, axis: 0));

    /// <summary>The negative log-likelihood for a row of a target whose transform is normal around the predictions of a model, a
    /// scalar.</summary>
    /// <param name="x">The target, shape (rows,) or (rows, columns).</param>
    /// <param name="residuals">What is left of the transformed target: z minus its predictions.</param>
    /// <exception cref="ArgumentException">A value is not finite, or a column is constant: the message names it.</exception>
    public Tensor Loss(Operand x, Func<Tensor, Tensor> residuals)
    {
        Column.Check(GetType().Name, x);
        var spread = tf.reduce_mean(tf.square(residuals(Apply(x))), axis: 0);
        return tf.reduce_sum(0.5 * tf.log(spread)) - tf.reduce_sum(tf.reduce_mean(LogSlope(x), axis: 0));
    }

    /// <summary>The likelihood of one λ after another, with all else at its best, for values whose transform is normal around one
    /// mean.</summary>
    /// <param name="x">Shape (rows,).</param>
    /// <exception cref="ArgumentException">As for <see cref="Loss(Operand)"/>; or a likelihood without a maximum.</exception>
    public ProfileLikelihood Profile(Operand x) => Profile(x, z => z - tf.reduce_mean(z, axis: 0));

    /// <summary>The likelihood of one λ after another, with all else at its best, for a target whose transform is normal around the
    /// predictions of a model. R: MASS::boxcox.</summary>
    /// <param name="x">The target, shape (rows,). It is read as float64; λ itself does not move.</param>
    /// <param name="residuals">What the best model leaves of a transformed target: <see cref="LeastSquares.Residuals"/>.</param>
    /// <exception cref="ArgumentException">As for <see cref="Loss(Operand)"/>; or a likelihood without a maximum.</exception>
    public ProfileLikelihood Profile(Operand x, Func<Tensor, Tensor> residuals)
    {
        var y = tf.cast(x, tf.float64);
        if (y.ndim != 1)
            throw new ShapeException($"{GetType().Name}: expected one column, shape (rows,). Received: {y.shape}. Profile one at a time.");
        Column.Check(GetType().Name, y);
        return ProfileLikelihood.Of(lambda =>
        {
            var at = At(lambda);
            Tensor z = at.Apply(y), left = residuals(z);
            var (size, spread) = ((double)tf.reduce_max(tf.abs(z)), (double)tf.reduce_mean(tf.square(left)));
            // Beyond that the residuals are the rounding of z.
            if (!(Math.Sqrt(spread) > 1e-11 * size)) return double.NegativeInfinity;
            return -y.shape[0] * (0.5 * Math.Log(spread) - (double)tf.reduce_mean(at.LogSlope(y)));
        }, what: $"{GetType().Name} lambda");
    }

    /// <summary>Sets λ where the likelihood of x is largest, column by column. scikit-learn: PowerTransformer.</summary>
    /// <param name="x">Shape (rows,), or (rows, columns) with a λ for each column.</param>
    /// <exception cref="ArgumentException">As for <see cref="Loss(Operand)"/>; or a likelihood without a maximum.</exception>
    /// <exception cref="ShapeException">Not as many columns as λ has numbers.</exception>
    public void Fit(Operand x)
    {
        var columns = x.value().ndim == 1 ? tf.expand_dims(x, 1) : x.value();
        if (columns.ndim != 2 || columns.shape[1] != Lambda.shape.Size)
            throw new ShapeException($"{GetType().Name}: expected a column for each lambda, {Lambda.shape.Size}. "
                + $"Received: shape {x.value().shape}. Make it with tf.ones(columns).");
        Column.Check(GetType().Name, x);
        var best = Enumerable.Range(0, columns.shape[1]).Select(j => Profile(columns[.., j]).Best).ToArray();
        Lambda.assign(tf.cast(tf.reshape(tf.constant(best), Lambda.shape), Lambda.dtype));
    }

    /// <summary>(exp(p·t) − 1) / p, which is t at p = 0: the power of a value whose logarithm is t.</summary>
    private protected static Tensor Power(Tensor t, Tensor p)
    {
        var u = p * t;
        var near = tf.abs(u) < Near;
        // Both branches are differentiated, so the quotient must not meet its 0/0.
        var divisor = tf.where(near, tf.ones_like(u), p);
        return tf.where(near, t * (1 + u * (1.0 / 2 + u * (1.0 / 6 + u * (1.0 / 24 + u / 120)))), tf.expm1(u) / divisor);
    }

    /// <summary>log(1 + p·z) / p, which is z at p = 0: what <see cref="Power"/> was made of. Beyond the range its end, −∞ or ∞.</summary>
    private protected static Tensor Root(Tensor z, Tensor p)
    {
        var u = p * z;
        var near = tf.abs(u) < Near;
        var divisor = tf.where(near, tf.ones_like(u), p);
        var series = z * (1 - u * (1.0 / 2 - u * (1.0 / 3 - u * (1.0 / 4 - u * (1.0 / 5 - u / 6)))));
        return tf.where(near, series, tf.math.log1p(tf.maximum(u, -1.0)) / divisor);
    }

    /// <summary>−1/p where p has the sign, else the infinity of the other one.</summary>
    private protected static Tensor End(Tensor p, bool positive)
    {
        var has = positive ? p > 0.0 : p < 0.0;
        return tf.where(has, -1 / tf.where(has, p, tf.ones_like(p)), tf.fill(p.shape, tf.constant(
            positive ? double.NegativeInfinity : double.PositiveInfinity, p.dtype)));
    }

    static string Show(Operand numbers) => string.Join(", ", tf.cast(numbers, tf.float64).ToArray<double>().Take(4).Select(n =>
        double.IsInfinity(n) ? n > 0 ? "∞" : "−∞" : Numbers.Show(n, 4)));
}
