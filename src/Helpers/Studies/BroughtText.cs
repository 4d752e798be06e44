using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;

namespace Workbook.Helpers;

/// <summary>A trained text model (an embedding, a recurrent layer, a Dense) and what notebook 14 does to it: strengths that other rows
/// judge, then gates.</summary>
/// <remarks>
/// What it makes begins where the file is, with its temperature divided out of the last layer. Without that, a network that is too sure
/// shows every judge that looks ahead one thing first: smaller weights are better. The strengths then rise faster than the network can
/// answer, and its weights vanish.
/// </remarks>
public sealed class BroughtText
{
    readonly Model file;
    readonly (Tensor X, Tensor Y) trained, others;

    /// <summary>A model and its rows.</summary>
    /// <param name="file">Three layers: an embedding, a recurrent layer, a Dense with a sigmoid.</param>
    /// <param name="trained">Words and labels that the model trains on.</param>
    /// <param name="others">Words and labels that judge: they set the temperature and the strengths.</param>
    public BroughtText(Model file, (Tensor X, Tensor Y) trained, (Tensor X, Tensor Y) others)
    {
        (this.file, this.trained, this.others) = (file, trained, others);
        Heat = Temperature.Of(file, others.X, others.Y);
    }

    /// <summary>The temperature of the file on the other rows.</summary>
    public Temperature Heat { get; }

    /// <summary>The network of the file with an L2 strength for each layer.</summary>
    /// <param name="strengths">Of the embedding, of both kernels of the recurrent layer, of the last kernel: numbers, or a
    /// <see cref="Positive"/> each.</param>
    /// <param name="cooled">Whether the last layer is divided by the temperature.</param>
    public Sequential WithStrengths(IReadOnlyList<Hyperparameter> strengths, bool cooled = true)
    {
        var l2 = strengths.Select(regularizers.l2).ToArray();
        var made = Sequential([Input(file.inputs[0].shape[1], dtype: tf.int32), file.layers[0].With(("embeddings_regularizer", l2[0])),
            file.layers[1].With(("kernel_regularizer", l2[1]), ("recurrent_regularizer", l2[1])),
            file.layers[2].With(("kernel_regularizer", l2[2]))]);
        Copy(file.layers, made.layers);
        if (cooled)
            foreach (var weight in Weights(made.layers[2])) weight.assign(weight.value() / Heat.Value);
        return Compiled(made, 0.01);
    }

    /// <summary>A strength for each layer, about to be learned: each begins at 0.001.</summary>
    public static Positive[] Strengths() => [.. new[] { "embedding", "LSTM", "Dense" }.Select(n => new Positive(0.001, "λ of " + n))];

    /// <summary>The network after 30 epochs with strengths that the other rows move, and what they are then.</summary>
    /// <param name="seed">Of the order of the rows.</param>
    /// <param name="cooled">As for <see cref="WithStrengths"/>.</param>
    public (Sequential Model, double[] Strengths) Learned(int seed, bool cooled = true)
    {
        var strengths = Strengths();
        var model = WithStrengths([.. strengths.Select(s => (Hyperparameter)s)], cooled);
        return (Train(model, 30, seed, Judged(model)), [.. strengths.Select(s => (double)s.Value)]);
    }

    /// <summary>Moves the strengths every 20 steps of a fit, by the loss on the other rows five steps ahead.</summary>
    /// <param name="model">Of <see cref="WithStrengths"/>.</param>
    public Callback Judged(Model model) =>
        new ValidationStrength(model, trained.X, trained.Y, others.X, others.Y, new NeumannSeries(5, 0.03))
            .ToCallback(optimizers.Adam(0.2), every: 20);

    /// <summary>Trains a model.</summary>
    /// <param name="model">The model; it is changed.</param>
    /// <param name="epochs">Ten batches of 40 rows each.</param>
    /// <param name="seed">Of the order of the rows.</param>
    /// <param name="callbacks">Such as <see cref="Judged"/>.</param>
    /// <returns>The same model.</returns>
    public T Train<T>(T model, int epochs, int seed, params Callback[] callbacks) where T : Model
    {
        utils.set_random_seed(seed);
        model.fit(trained.X, trained.Y, epochs: epochs, batch_size: 40, verbose: 0, callbacks: callbacks);
        return model;
    }

    /// <summary>The tuned network with a gate for each column of the embedding, and for each unit inside of the recurrence.</summary>
    /// <param name="tuned">Of <see cref="WithStrengths"/>.</param>
    /// <param name="strengths">What its strengths are now; they stay.</param>
    /// <param name="price">Of each column and unit that is open.</param>
    public Sequential Gated(Sequential tuned, IReadOnlyList<double> strengths, double price)
    {
        var same = WithStrengths([.. strengths.Select(s => (Hyperparameter)s)]);
        var units = new GatedRecurrent((Recurrent)same.layers[1].With(), new HardConcreteGate(price, seed: 8));
        var gated = Sequential([Input(file.inputs[0].shape[1], dtype: tf.int32), same.layers[0].With(),
            new HardConcreteGate(price, seed: 7), units, same.layers[2].With()]);
        Copy(tuned.layers, [gated.layers[0], units.layer, gated.layers[3]]);
        return Compiled(gated, 0.02);
    }

    /// <summary>The gates of <see cref="Gated"/>: of columns, of units.</summary>
    /// <param name="gated">The network.</param>
    public static IReadOnlyList<HardConcreteGate> Gates(Sequential gated) =>
        [(HardConcreteGate)gated.layers[1], ((GatedRecurrent)gated.layers[2]).gate];

    /// <summary>The tuned network, about to train on with its strengths as they are, as fast as <see cref="Gated"/>.</summary>
    /// <param name="tuned">Of <see cref="WithStrengths"/>.</param>
    /// <param name="strengths">What its strengths are now.</param>
    public Sequential Ungated(Sequential tuned, IReadOnlyList<double> strengths)
    {
        var same = WithStrengths([.. strengths.Select(s => (Hyperparameter)s)]);
        Copy(tuned.layers, same.layers);
        return Compiled(same, 0.02);
    }

    static Sequential Compiled(Sequential model, double rate)
    {
        model.compile(optimizers.Adam(rate), "binary_crossentropy");
        return model;
    }

    static void Copy(IEnumerable<Layer> from, IEnumerable<Layer> to)
    {
        foreach (var (one, other) in from.Zip(to))
            foreach (var (weight, target) in Weights(one).Zip(Weights(other))) target.assign(weight.value());
    }

    /// <summary>What the layers of a text model have: a strength is a number.</summary>
    static IEnumerable<Variable> Weights(Layer layer) => layer.weights.Where(w => w.shape.Rank > 0);
}
