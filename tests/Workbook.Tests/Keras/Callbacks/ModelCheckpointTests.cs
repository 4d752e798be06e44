using System.IO.Compression;
using System.Text;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Keras.Callbacks;

public sealed class ModelCheckpointTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("workbook-test-").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    string At(string name) => Path.Combine(folder, name);

    static Model Line(int seed = 1)
    {
        var strength = tf.Variable(0.01, name: "strength");
        var model = keras.Sequential(
            [keras.layers.Dense(3, kernel_regularizer: keras.regularizers.l2(strength),
                kernel_initializer: keras.initializers.RandomNormal(seed: seed)), keras.layers.Dense(1)]);
        model.compile(optimizer: keras.optimizers.SGD(0.05), loss: "mse");
        return model;
    }

    static readonly Tensor X = tf.random.normal((20, 2), seed: 3), Y = tf.reduce_sum(X, 1, keepdims: true);

    [Theory]
    [InlineData("best.keras", true)]
    [InlineData("best.weights.h5", false)]
    [InlineData("best.npz", false)]
    public void A_checkpoint_of_weights_alone_has_an_ending_that_agrees(string file, bool alone)
    {
        Assert.Contains("save_weights_only", Assert.Throws<ArgumentException>(() =>
            keras.callbacks.ModelCheckpoint(At(file), save_weights_only: alone)).Message, StringComparison.Ordinal);
        keras.callbacks.ModelCheckpoint(At(file), save_weights_only: !alone);
    }

    [Fact]
    public void Weights_come_back_as_they_were_and_so_do_variables_that_were_brought_in()
    {
        var (model, other) = (Line(1), Line(2));
        model.fit(X, Y, epochs: 2, verbose: 0);
        other.fit(X, Y, epochs: 1, verbose: 0);
        model.save_weights(At("deep/a.npz"));
        other.load_weights(At("deep/a.npz"));
        Assert.Equal(model.variables.Select(v => v.value().ToArray<float>()), other.variables.Select(v => v.value().ToArray<float>()));
        Assert.Contains(other.variables, v => v.name == "strength");
        Assert.False(File.Exists(At("deep/a.npz.part")));
    }

    [Fact]
    public void The_file_is_what_NumPy_reads()
    {
        var model = Line();
        model.fit(X, Y, epochs: 1, verbose: 0);
        model.save_weights(At("a.npz"));
        using var zip = ZipFile.OpenRead(At("a.npz"));
        var entry = zip.Entries.Single(
            e => e.FullName.Contains("kernel", StringComparison.Ordinal) && e.FullName.StartsWith("000/", StringComparison.Ordinal));
        using var stream = entry.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var bytes = memory.ToArray();
        var header = Encoding.ASCII.GetString(bytes, 10, BitConverter.ToUInt16(bytes, 8));
        Assert.Equal("\u0093NUMPY", Encoding.Latin1.GetString(bytes, 0, 6));
        Assert.StartsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", header);
        Assert.EndsWith("\n", header);
        Assert.Equal(0, (10 + header.Length) % 64);
        Assert.Equal(10 + header.Length + 4 * 6, bytes.Length);
    }

    [Fact]
    public void Only_the_best_epochs_are_saved_when_asked()
    {
        var model = Line();
        // The loss is made to rise in the second epoch and to fall below the first in the third.
        double[] losses = [3, 4, 2];
        var callback = keras.callbacks.ModelCheckpoint(At("w-{epoch:02d}-{loss:.1f}.npz"), monitor: "loss", save_best_only: true);
        model.fit(X, Y, epochs: 3, verbose: 0,
            callbacks: [keras.callbacks.LambdaCallback(on_epoch_end: (epoch, logs) => logs["loss"] = losses[epoch]), callback]);
        Assert.Equal(["w-01-3.0.npz", "w-03-2.0.npz"], Directory.GetFiles(folder).Select(f => Path.GetFileName(f)).Order());
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_changes_nothing()
    {
        var model = Line();
        model.fit(X, Y, epochs: 1, verbose: 0);
        var before = model.variables.Select(v => v.value().ToArray<float>()).ToList();
        var other = keras.Sequential([keras.Input(2), keras.layers.Dense(4)]);
        other.save_weights(At("other.npz"));
        Assert.Contains("Received: ", Assert.Throws<ArgumentException>(() => model.load_weights(At("other.npz"))).Message);
        File.WriteAllText(At("text.npz"), "no archive");
        Assert.Contains("no zip archive", Assert.Throws<FormatException>(() => model.load_weights(At("text.npz"))).Message);
        Assert.Contains(".npz", Assert.Throws<ArgumentException>(() => model.save_weights(At("a.h5"))).Message);
        Assert.Throws<FileNotFoundException>(() => model.load_weights(At("missing.npz")));
        Assert.Equal(before, model.variables.Select(v => v.value().ToArray<float>()));
    }

    [Fact]
    public void The_best_is_kept_between_two_fits()
    {
        var (good, bad) = (Line(1), Line(1));
        var checkpoint = keras.callbacks.ModelCheckpoint(At("best.npz"), "loss", save_best_only: true);
        good.fit(X, Y, epochs: 5, verbose: 0, callbacks: [checkpoint]);
        var best = File.ReadAllBytes(At("best.npz"));
        bad.fit(X, 100 * Y, epochs: 1, verbose: 0, callbacks: [checkpoint]);
        Assert.Equal(best, File.ReadAllBytes(At("best.npz")));
        good.fit(X, Y, epochs: 5, verbose: 0, callbacks: [checkpoint]);
        Assert.NotEqual(best, File.ReadAllBytes(At("best.npz")));
    }

    [Fact]
    public void A_threshold_holds_for_all_fits_until_it_is_beaten()
    {
        var model = Line();
        var checkpoint = keras.callbacks.ModelCheckpoint(At("never.npz"), "loss", save_best_only: true, initial_value_threshold: 1e-9);
        model.fit(X, Y, epochs: 1, verbose: 0, callbacks: [checkpoint]);
        model.fit(X, Y, epochs: 1, verbose: 0, callbacks: [checkpoint]);
        Assert.False(File.Exists(At("never.npz")));
    }
}
