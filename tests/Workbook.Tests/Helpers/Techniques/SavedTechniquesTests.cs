using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Layers and losses with learned variables in files of Keras, after they were registered.</summary>
public sealed class SavedTechniquesTests : IDisposable
{
    readonly string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".keras");

    public void Dispose() => File.Delete(file);

    [Fact]
    public void Every_layer_and_loss_keeps_what_it_was_made_with()
    {
        string[] lost = [.. typeof(HardConcreteGate).Assembly.GetTypes()
            .Where(t => t is { IsPublic: true, IsAbstract: false } && (t.IsSubclassOf(typeof(Layer)) || t.IsSubclassOf(typeof(Loss)))
                // A file holds no table and no C# functions.
                && t != typeof(TransformedTarget) && t != typeof(MixedActivation))
            .SelectMany(t => Arguments.Of(t).Parameters.Where(p => !Arguments.Of(t).Keeps(p.Name!)).Select(p => $"{t.Name}.{p.Name}"))];
        Assert.Empty(lost);
    }

    [Fact]
    public void Layers_come_back_with_their_numbers_and_their_variables()
    {
        var gate = new HardConcreteGate(price: 0.3, log_alpha: 1, beta: 0.5, gamma: -0.2, zeta: 1.3, seed: 5);
        Register<HardConcreteGate>(gate, g => g.log_alpha!.assign(tf.constant(new[] { 3f, -4, 0.5f, 0 })));
        Register(new LearnedStep(3, halfway: true), q => q.Step.Assign(0.4f));
        Register(new Threshold(price: 0.2, initial: 0.3, band: 0.4), t => t.log_theta!.assign(tf.constant(new[] { 0f, 0.1f, -0.3f, -3 })));
        Register(new LowRank(3, strength: 0.1, rank: 2, activation: "relu"), l => l.bias!.assign(tf.ones(3)));
        Register(new ExpertBias(k: 2, rate: 0.1), e => e.bias!.assign(tf.constant(new[] { 1f, 0, -1, 2 })));
        Register(new UnitPlaces([2, -1, 0]), u => u.factors!.assign(tf.constant(new[] { 0.5f, 1, 2 })));
        Register(new GaussianLatent(2, weight: 0.5, seed: 3), _ => { });
    }

    [Fact]
    public void Losses_come_back_with_what_they_have_learned()
    {
        Learned(new NormalNoise(), n => n.Scale.Assign(new[] { 3f }), n => n.Scale.Value);
        Learned(new NormalNoise(scales: 2), n => n.Scale.Assign(new[] { 3f, 0.5f }), n => n.Scale.Value, outputs: 2);
        Learned(new StudentNoise(7), n => n.Degrees.Assign(4f), n => n.Degrees.Value);
        Learned(new RobustNoise(0.5), n => n.Alpha.Assign(1.5f), n => n.Alpha.Value);
        Learned(new LabelNoise(2, perClass: true, name: "wrong"), n => n.Rates.Assign(new[] { 0.3f, 0.2f }), n => n.Rates.Value,
            outputs: 2);
    }

    void Register<T>(T layer, Action<T> learn) where T : Layer
    {
        saving.register_keras_serializable<T>("Saved");
        var model = Sequential([Input(4), layer, layers.Dense(1)]);
        learn(layer);
        model.save(file);
        var loaded = models.load_model(file);
        var x = tf.random.normal((5, 4), seed: 2);
        Assert.Equal(model.Apply(x).ToArray<float>(), loaded.Apply(x).ToArray<float>());
        Assert.Equal(model.losses.Select(l => (float)l), loaded.losses.Select(l => (float)l));
    }

    void Learned<T>(T loss, Action<T> learn, Func<T, Tensor> value, int outputs = 1) where T : Loss
    {
        saving.register_keras_serializable<T>("Saved");
        var model = Sequential([Input(4), layers.Dense(outputs)]);
        model.compile("adam", loss);
        learn(loss);
        model.save(file);
        var loaded = models.load_model(file);
        var back = Assert.IsType<T>(loaded.Walk().Select(m => m.Module).Single(m => m is T));
        // The number goes through a logarithm of its own in float32.
        foreach (var (a, b) in value(loss).ToArray<double>().Zip(value(back).ToArray<double>())) Assert.Equal(a, b, 1e-6 * a);
    }
}
