using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;

namespace Workbook.Helpers;

/// <summary>One number that makes a classifier as sure as it may be: its logits are divided by it. No prediction changes, only how sure it
/// is.</summary>
/// <remarks>
/// T minimises the mean of −log softmax(z / T)[y] over rows that trained nothing. The loss is convex in 1 / T, so there is one minimum,
/// found here by Newton's method; at it the mean logit of the label is the mean logit that the model expects. T above 1: the model was too
/// sure.
/// <c>var calibrated = Temperature.Of(model, xv, yv).Apply(model);</c>
/// Judge: other data, at least 100 rows. On the training rows T falls to 0 as soon as they are separated. Source: Guo et al. 2017.
/// </remarks>
public sealed class Temperature
{
    Temperature(double value, double error, double before, double after) => (Value, Error, Before, After) = (value, error, before, after);

    /// <summary>T.</summary>
    public double Value { get; }

    /// <summary>The standard error of T, by how far the slopes of the rows scatter.</summary>
    public double Error { get; }

    /// <summary>The mean of −log p(y) on the calibration rows, at T = 1.</summary>
    public double Before { get; }

    /// <summary>The same at T.</summary>
    public double After { get; }

    /// <summary>The temperature of a classifier.</summary>
    /// <param name="model">It ends with softmax, sigmoid or logits.</param>
    /// <param name="x">Inputs that it was not trained on.</param>
    /// <param name="y">Their classes, as whole numbers or as rows of zeros with a one.</param>
    /// <exception cref="ArgumentException">No classifier, or one that answers several questions at once; or as for the logits.</exception>
    public static Temperature Of(Model model, Batch x, Tensor y) => Of(Logits.Of(model).OfOneQuestion().predict(x), y);

    /// <summary>The logits of a classifier.</summary>
    /// <param name="model">It ends with softmax, sigmoid or logits.</param>
    /// <param name="x">Inputs.</param>
    public static Tensor LogitsOf(Model model, Batch x) => Logits.Of(model).Model.predict(x);

    /// <summary>The temperature of logits.</summary>
    /// <param name="logits">(rows, classes), or (rows, 1) for two classes.</param>
    /// <param name="labels">The classes, as whole numbers or as rows of zeros with a one.</param>
    /// <exception cref="ArgumentException">Labels of one class alone; logits that are always right, for which T would be 0, or no better
    /// than chance, for which it has no end.</exception>
    /// <exception cref="ShapeException">Not as many labels as rows.</exception>
    public static Temperature Of(Tensor logits, Tensor labels)
    {
        var z = Logits.Columns(logits);
        if (z.Length == 0 || labels.ndim == 0 || labels.shape[0] != z.Length || (labels.ndim != 2 && labels.size != z.Length))
            throw new ShapeException($"Temperature: expected a label for each row of logits, at least one. Received: {z.Length} rows and "
                + $"labels of shape {labels.shape}.");
        var y = ClassLabels.Of(nameof(Temperature), labels, z[0].Length);
        if (y.Distinct().Count() < 2)
            throw new ArgumentException($"Temperature: expected calibration rows of at least two classes. Received: {y.Length} rows of class "
                + $"{y[0]} alone, on which more of that class is always better. Draw rows of all classes.");
        if (z.Any(row => row.Any(v => !double.IsFinite(v))))
            throw new ArgumentException("Temperature: expected logits that are finite. Received: NaN or ∞ among them.");
        if (Slope(z, y, 0).Mean >= 0)
            throw new ArgumentException("Temperature: expected logits that say something of the labels. Received: logits that are no better "
                + "than equal chances at any temperature. Are the labels those of these rows?");
        // Where another class has the same logit the loss is log 2 at any temperature, so such a row asks for none.
        if (z.Zip(y).All(r => r.First.All(v => v <= r.First[r.Second])))
            throw new ArgumentException($"Temperature: expected calibration rows on which the model errs now and then. Received: {y.Length} rows "
                + "that are all right, for which the best temperature is 0. Use more rows, and none that it was trained on.");
        return Found(z, y);
    }

    static Temperature Found(double[][] z, int[] y)
    {
        // The slope by b = 1 / T is negative at 0; somewhere beyond the minimum it is not.
        var (low, high, b) = (0.0, 1.0, 1.0);
        while (Slope(z, y, high).Mean < 0) (low, high) = (high, 2 * high);
        for (var i = 0; i < 200; i++)
        {
            var (slope, curvature, _) = Slope(z, y, b);
            if (slope < 0) low = b;
            else high = b;
            var next = b - slope / curvature;
            if (!(next > low && next < high)) next = (low + high) / 2;
            if (Math.Abs(next - b) <= 1e-15 * b) break;
            b = next;
        }
        var (_, bend, scatter) = Slope(z, y, b);
        return new(1 / b, scatter / bend / (b * b), Loss(z, y, 1), Loss(z, y, b));
    }

    /// <summary>The classifier with its logits divided by T: a model of Keras' own layers, which a .keras file holds.</summary>
    /// <param name="model">The classifier; it shares its layers and weights with the new model, but for the last.</param>
    public Model Apply(Model model)
    {
        var logits = Logits.Of(model);
        var cooled = layers.Rescaling(1 / Value, name: "one_over_temperature").Apply(logits.Model.outputs[0]);
        var output = logits.End switch
        {
            "softmax" => layers.Softmax(name: "probabilities").Apply(cooled),
            "sigmoid" => layers.Activation("sigmoid", name: "probabilities").Apply(cooled),
            _ => cooled,
        };
        return keras.Model([.. model.inputs], [output], name: model.name + "_calibrated");
    }

    /// <summary>The loss at a temperature that is a variable, for a descent of your own: the mean of −log softmax(z / T)[y].</summary>
    /// <param name="temperature">T above 0, such as the value of a <see cref="Positive"/>.</param>
    /// <param name="logits">(rows, classes).</param>
    /// <param name="labels">The classes as whole numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">T is 0 or below.</exception>
    public static Tensor Loss(Operand temperature, Tensor logits, Tensor labels)
    {
        var t = tf.cast(temperature, logits.dtype);
        if (t.ndim == 0 && (double)t is <= 0 and var low)
            throw new ArgumentOutOfRangeException(nameof(temperature), $"Temperature.Loss: expected T above 0. Received: "
                + $"{Numbers.Show(low)}. Let it descend as a Positive, whose value stays above 0.");
        return tf.reduce_mean(
            tf.nn.sparse_softmax_cross_entropy_with_logits(labels: labels, logits: Closed.Times(1.0 / t, logits)));
    }

    /// <summary>T with its standard error.</summary>
    public override string ToString() => $"T = {Numbers.Show(Value, 4)} ± {Numbers.Show(Error, 2)}";

    /// <summary>The mean slope of the loss by b, its curvature, and the standard error of the slope.</summary>
    static (double Mean, double Curvature, double Error) Slope(double[][] z, int[] y, double b)
    {
        var (slopes, curvature) = (new double[y.Length], 0.0);
        for (var i = 0; i < y.Length; i++)
        {
            var p = Softmax(z[i], b);
            var (mean, square) = (0.0, 0.0);
            for (var k = 0; k < p.Length; k++) mean += p[k] * z[i][k];
            for (var k = 0; k < p.Length; k++) square += p[k] * (z[i][k] - mean) * (z[i][k] - mean);
            (slopes[i], curvature) = (mean - z[i][y[i]], curvature + square / y.Length);
        }
        return (slopes.Average(), curvature, Math.Sqrt(slopes.Average(s => s * s) / y.Length));
    }

    static double Loss(double[][] z, int[] y, double b) => z.Zip(y).Average(r =>
    {
        var top = r.First.Max();
        return b * (top - r.First[r.Second]) + Math.Log(r.First.Sum(v => Math.Exp(b * (v - top))));
    });

    static double[] Softmax(double[] z, double b)
    {
        var top = z.Max();
        var e = Array.ConvertAll(z, v => Math.Exp(b * (v - top)));
        var sum = e.Sum();
        return Array.ConvertAll(e, v => v / sum);
    }
}
