using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Benchmarks;

/// <summary>One of the three nets that are measured: dense layers, relu between them, softmax cross-entropy, Adam.</summary>
sealed class Net
{
    readonly Variable[] kernels;
    readonly Variable[] biases;
    readonly Variable[] variables;
    // So small a rate that the net does not learn its one batch by heart: numbers would become subnormal, and slow.
    readonly Optimizer adam = keras.optimizers.Adam(1e-8);
    readonly Model model;
    readonly Tensor xs;
    readonly Tensor ys;
    readonly Tensor x;
    readonly Tensor y;

    /// <summary>A net of layer sizes, on one random batch.</summary>
    public Net(int batch, params int[] sizes)
    {
        tf.random.set_seed(batch);
        var pairs = sizes.Zip(sizes.Skip(1)).ToArray();
        kernels =
            [.. pairs.Select(p => tf.Variable(tf.random.uniform((p.First, p.Second), -1, 1) * Math.Sqrt(6.0 / (p.First + p.Second))))];
        biases = [.. pairs.Select(p => tf.Variable(tf.zeros(p.Second)))];
        variables = [.. kernels, .. biases];
        x = tf.random.uniform((batch, sizes[0]), -1, 1);
        y = tf.one_hot(tf.random.uniform(batch, 0, sizes[^1], tf.int32), sizes[^1]);
        (xs, ys) = (tf.tile(x, [FitSteps, 1]), tf.tile(y, [FitSteps, 1]));
        var layers = new List<Layer>();
        for (var i = 1; i < sizes.Length; i++)
            layers.Add(keras.layers.Dense(sizes[i], activation: i < sizes.Length - 1 ? "relu" : "linear"));
        model = keras.Sequential([keras.Input(sizes[0]), .. layers]);
        model.compile(optimizer: keras.optimizers.Adam(1e-8), loss: keras.losses.CategoricalCrossentropy(from_logits: true));
        Name = $"{string.Join("-", sizes)} batch {batch}";
    }

    /// <summary>Layer sizes and batch.</summary>
    public string Name { get; }

    Tensor Forward(bool relu)
    {
        Tensor h = x;
        for (var i = 0; i < kernels.Length; i++)
        {
            var last = i == kernels.Length - 1;
            h = tf.nn.dense(h, kernels[i], biases[i], relu && !last);
            if (!relu && !last) h = tf.tanh(h);
        }
        return h;
    }

    Tensor Loss() => tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(y, Forward(true)));

    /// <summary>Forward, backward, Adam; the loss.</summary>
    public double Step()
    {
        Tensor loss;
        Tensor[] gradients;
        using (var tape = tf.GradientTape())
        {
            loss = Loss();
            gradients = tape.gradient(loss, variables);
        }
        adam.apply_gradients(gradients.Zip(variables, (g, v) => ((Tensor?)g, v)));
        return (double)loss;
    }

    /// <summary>Forward and backward only.</summary>
    public double Gradients()
    {
        using var tape = tf.GradientTape();
        var loss = Loss();
        tape.gradient(loss, variables);
        return (double)loss;
    }

    /// <summary>A step on the squared norm of the gradient (tanh, squared error): second order.</summary>
    public double SecondOrder()
    {
        Tensor norm;
        Tensor[] gradients;
        using (var outer = tf.GradientTape())
        {
            using (var inner = tf.GradientTape())
            {
                var loss = tf.reduce_mean(tf.square(Forward(false) - y));
                norm = tf.add_n(inner.gradient(loss, variables).Select(g => tf.reduce_sum(tf.square(g))));
            }
            gradients = outer.gradient(norm, variables, unconnected_gradients: UnconnectedGradients.ZERO);
        }
        adam.apply_gradients(gradients.Zip(variables, (g, v) => ((Tensor?)g, v)));
        return (double)norm;
    }

    /// <summary>Forward only, without a tape.</summary>
    public float Predict() => Forward(true).AsSpan<float>()[0];

    /// <summary>How many steps one call of <see cref="Fit"/> makes.</summary>
    public const int FitSteps = 100;

    /// <summary>The same step by Keras, many times: an epoch of a compiled model over copies of the batch.</summary>
    public double Fit() => model.fit(xs, ys, batch_size: x.shape[0], epochs: 1, shuffle: false, verbose: 0).history["loss"][0];
}
