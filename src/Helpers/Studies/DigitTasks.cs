using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;

namespace Workbook.Helpers;

/// <summary>
/// Two tasks for one small network: to name a handwritten digit, and to draw it again. 300 digits to learn from, 599 others as a test.
/// </summary>
/// <remarks>
/// 64 pixels → 24 tanh units (or fewer, a bottleneck) → 10 logits, and → 64 sigmoid pixels. Losses: the mean cross-entropy of the name,
/// the mean squared error of
/// the pixels (0 to 1). The test digits are every third row of <see cref="DataSets.Digits"/>, the training digits the first 300 others.
/// </remarks>
public sealed class DigitTasks
{
    /// <summary>The digits that are learned from.</summary>
    public const int TrainRows = 300;

    /// <summary>The digits that are tested on.</summary>
    public const int TestRows = 599;

    const int Pixels = 64, Hidden = 24, Digits = 10;

    /// <summary>Reads the digits.</summary>
    public DigitTasks()
    {
        var digits = DataSets.Digits();
        (Tensor, Tensor) Part(IEnumerable<int> rows) => (tf.cast(tf.gather(digits.X, rows.ToArray()), tf.float32) / 16,
            tf.cast(tf.gather(digits.y, rows.ToArray()), tf.int64));
        var all = Enumerable.Range(0, digits.Rows);
        Train = Part(all.Where(i => i % 3 != 0).Take(TrainRows));
        Test = Part(all.Where(i => i % 3 == 0));
    }

    /// <summary>The training digits: pixels (300, 64) from 0 to 1, and names (300,).</summary>
    public (Tensor X, Tensor Y) Train { get; }

    /// <summary>The test digits: pixels (599, 64) from 0 to 1, and names (599,).</summary>
    public (Tensor X, Tensor Y) Test { get; }

    /// <summary>A new network. Kernels are normal numbers divided by √inputs, biases 0.</summary>
    /// <param name="seed">Of the first weights: the same seed, the same network.</param>
    /// <param name="hidden">How many units both tasks share.</param>
    public static Model Network(ulong seed, int hidden = Hidden)
    {
        var inputs = Input(shape: Pixels);
        var shared = layers.Dense(hidden, activation: "tanh").Apply(inputs);
        var name = layers.Dense(Digits).Apply(shared);
        var picture = layers.Dense(Pixels, activation: "sigmoid").Apply(shared);
        var model = keras.Model(inputs: [inputs], outputs: [name, picture]);
        var random = new SplitMix64(seed);
        Tensor Kernel(int n, int m) => tf.cast(tf.reshape(tf.constant(
            Enumerable.Range(0, n * m).Select(_ => random.NextNormal()).ToArray()), (n, m)), tf.float32) / Math.Sqrt(n);
        model.set_weights([Kernel(Pixels, hidden), tf.zeros(hidden), Kernel(hidden, Digits), tf.zeros(Digits),
            Kernel(hidden, Pixels), tf.zeros(Pixels)]);
        return model;
    }

    /// <summary>Cross-entropy and mean squared error of a network on some rows.</summary>
    /// <param name="model">A network of <see cref="Network"/>.</param>
    /// <param name="rows">Pixels and names.</param>
    public static Tensor[] Losses(Model model, (Tensor X, Tensor Y) rows)
    {
        var outputs = model.call([rows.X], training: true);
        var ce = tf.nn.sparse_softmax_cross_entropy_with_logits(labels: rows.Y, logits: outputs[0]);
        return [tf.reduce_mean(ce), tf.reduce_mean(tf.square(outputs[1] - rows.X))];
    }

    /// <summary>For each test digit 1 where it is read rightly and 0 where not, shape (599,).</summary>
    /// <param name="model">A network of <see cref="Network"/>.</param>
    public Tensor Right(Model model) =>
        tf.cast(tf.equal(tf.argmax(model.call([Test.X], training: false)[0], axis: 1), Test.Y), tf.float32);

    /// <summary>Trains a new network on all training digits at once, with Adam.</summary>
    /// <param name="weighting">What the two losses are worth; a new one for each training.</param>
    /// <param name="seed">Of the first weights.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="looks">After which steps to test, in increasing order; the last step is one of them in any case.</param>
    /// <param name="rows">The pixels and names of each step; default: <see cref="Train"/>.</param>
    /// <param name="rate">The learning rate, for the variables of the weighting too.</param>
    public DigitRun Run(Weighting weighting, ulong seed, int steps = 600, IEnumerable<int>? looks = null,
        Func<(Tensor X, Tensor Y)>? rows = null, double rate = 0.01)
    {
        var model = Network(seed);
        var adam = optimizers.Adam(rate, epsilon: 1e-8);
        Variable[] moved = [.. model.trainable_variables, .. weighting.Learned];
        HashSet<int> at = [.. looks ?? [], steps];
        var (weights, losses, seen) = (new double[steps][], new double[steps][], new List<DigitLook>());
        for (var step = 0; step < steps; step++)
        {
            var taken = weighting.Step(() => Losses(model, rows?.Invoke() ?? Train), moved);
            adam.apply_gradients(taken.Gradients.Zip(moved));
            (weights[step], losses[step]) = (taken.Weights, Array.ConvertAll(taken.Losses, l => (double)l));
            if (at.Contains(step + 1))
                seen.Add(new(step + 1, weights[step], losses[step], (int)(double)tf.reduce_sum(Right(model)),
                    (double)Losses(model, Test)[1]));
        }
        return new(model, weights, losses, seen);
    }
}
