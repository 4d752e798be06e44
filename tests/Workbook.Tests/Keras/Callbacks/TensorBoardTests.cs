using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Callbacks;

[Trait("speed", "slow")]
public sealed class TensorBoardTests : IDisposable
{
    /// <summary>Names a Python that can import TensorFlow.</summary>
    const string Python = "WORKBOOK_TENSORFLOW_PYTHON";

    readonly string folder = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString());

    public void Dispose()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, true);
    }

    History Fit()
    {
        var strength = tf.Variable(0.01, name: "strength");
        var model = keras.Sequential([keras.Input(3), layers.Dense(1, kernel_regularizer: regularizers.l2(strength))]);
        model.compile("sgd", "mse", metrics: ["mae"]);
        return model.fit(tf.ones((8, 3)), tf.ones((8, 1)), epochs: 3, batch_size: 4, validation_split: 0.5, verbose: 0,
            callbacks: [callbacks.TensorBoard(folder, update_freq: "batch")]);
    }

    [Fact]
    public void Every_record_has_its_length_and_its_two_checksums()
    {
        Fit();
        foreach (var file in Directory.GetFiles(folder, "*tfevents*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file);
            var (at, records) = (0, 0);
            for (; at < bytes.Length; records++)
            {
                var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
                Assert.Equal(Masked(bytes.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)));
                Assert.Equal(Masked(bytes.AsSpan(at + 12, length)),
                    BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + length)));
                at += 16 + length;
            }
            Assert.Equal(bytes.Length, at);
            // The version; per epoch loss and mae, in training the variable too, and two numbers in each of three steps.
            Assert.Equal(file.Contains("validation", StringComparison.Ordinal) ? 1 + 3 * 2 : 1 + 3 * 3 + 3 * 2, records);
        }
        Assert.Equal(0xE3069283u, Crc("123456789"u8));
    }

    [Fact]
    public async Task TensorFlow_reads_the_events_back()
    {
        var python = Environment.GetEnvironmentVariable(Python);
        Assert.SkipWhen(string.IsNullOrEmpty(python), $"{Python} does not name a Python with TensorFlow.");
        var history = Fit();
        const string script = """
            import sys, glob
            from tensorflow.python.summary.summary_iterator import summary_iterator
            for f in sorted(glob.glob(sys.argv[1] + "/*/*tfevents*")):
                for e in summary_iterator(f):
                    for v in e.summary.value: print(f.split("/")[-2], v.tag, e.step, repr(v.simple_value))
            """;
        var info = new ProcessStartInfo(python!, ["-c", script, folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(info)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, await errors);
        foreach (var (part, name, key) in new[] { ("train", "epoch_loss", "loss"), ("train", "epoch_mae", "mae"),
            ("validation", "epoch_loss", "val_loss") })
            for (var epoch = 0; epoch < 3; epoch++)
            {
                var line = Assert.Single(lines, l => l.StartsWith($"{part} {name} {epoch} ", StringComparison.Ordinal));
                Assert.Equal((float)history.history[key][epoch], float.Parse(line.Split(' ')[3], CultureInfo.InvariantCulture));
            }
        Assert.Equal(3, lines.Count(l => l.StartsWith("train learned/strength", StringComparison.Ordinal)));
    }

    static uint Masked(ReadOnlySpan<byte> data)
    {
        var crc = Crc(data);
        return unchecked((crc >> 15 | crc << 17) + 0xa282ead8);
    }

    /// <summary>CRC-32C bit by bit, written apart from the file's own.</summary>
    static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var b in data)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++) crc = (crc & 1) == 1 ? crc >> 1 ^ 0x82F63B78 : crc >> 1;
        }
        return ~crc;
    }
}
