using System.IO.Compression;
using System.Text;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Keras;

/// <summary>Files of weights that are damaged, or lie: each is one FormatException that names the entry and says what to do.</summary>
public sealed class WeightsFileTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("workbook-test-").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    [Theory]
    [Trait("speed", "slow")]
    [InlineData("w.weights.npz")]
    [InlineData("w.weights.h5")]
    [InlineData("w.keras")]
    public async Task A_pipe_is_refused_and_not_waited_for(string name)
    {
        if (OperatingSystem.IsWindows()) return;
        var (path, stop) = (Path.Combine(folder, name), TestContext.Current.CancellationToken);
        System.Diagnostics.Process.Start("mkfifo", path + ".pipe").WaitForExit();
        // By a link, whose own length is not 0.
        File.CreateSymbolicLink(path, path + ".pipe");
        var model = keras.Sequential([keras.Input(2), keras.layers.Dense(3)]);
        var reading = Task.Run(() => name == "w.keras" ? Workbook.Keras.keras.models.load_model(path) : Loaded(model, path), stop);
        var error = await Assert.ThrowsAsync<FormatException>(() => reading.WaitAsync(TimeSpan.FromMinutes(5), stop));
        Assert.Contains("it is empty or a pipe", error.Message);

        static Model Loaded(Model model, string path)
        {
            model.load_weights(path);
            return model;
        }
    }

    string File_ => Path.Combine(folder, "a.npz");

    [Fact]
    public void What_was_written_is_read()
    {
        WeightsFile.Write(File_, [("a", tf.constant(new[] { 1.5f, -2f })), ("b/c", tf.constant(new[,] { { 1, 2 }, { 3, 4 } }))]);
        var (tensors, names) = WeightsFile.Read(File_, name => name != "a");
        Assert.Equal(["a", "b/c"], names);
        Assert.Equal([1, 2, 3, 4], Assert.Single(tensors).Value.ToArray<int>());
    }

    [Fact]
    public void A_flipped_bit_in_a_stored_weight_is_found()
    {
        Zip(("a.npy", Npy("<f4", "(2,)", new byte[8])));
        var bytes = File.ReadAllBytes(File_);
        var at = bytes.AsSpan().IndexOf("'<f4'"u8) + 108;
        bytes[at] ^= 1;
        File.WriteAllBytes(File_, bytes);
        Refused("the file is damaged");
    }

    [Fact]
    public void Bits_flipped_anywhere_are_found_or_do_no_harm()
    {
        WeightsFile.Write(File_, [("a", tf.constant(new[] { 1.5f, -2f, 3f }))]);
        var whole = File.ReadAllBytes(File_);
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var changed = (byte[])whole.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(File_, changed);
            try
            {
                var (tensors, _) = WeightsFile.Read(File_, _ => true);
                foreach (var tensor in tensors.Values) Assert.Equal([1.5f, -2f, 3f], tensor.ToArray<float>());
            }
            catch (FormatException)
            {
                // Found.
            }
        }
    }

    [Fact]
    public void An_entry_that_is_not_wanted_is_not_unpacked()
    {
        Zip(("a.npy", Npy("<f4", "(1,)", new byte[4])), ("junk.npy", new byte[50_000_000]));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Single(WeightsFile.Read(File_, name => name == "a").Tensors);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000_000);
    }

    [Theory]
    [InlineData("a", "(1,)", "<f4", 4, "of .npy entries alone")]
    [InlineData("npy", "(1,)", "<f4", 4, "of .npy entries alone")]
    [InlineData("a.npy", "(99999999999,)", "<f4", 4, "lengths of at most")]
    [InlineData("a.npy", "(2147483647, 2147483647, 2147483647, 2147483647, 2147483647)", "<f8", 4, "an array of at most")]
    [InlineData("a.npy", "(2000000000,)", "<f8", 4, "an array of at most")]
    [InlineData("a.npy", "(500000000,)", "<f4", 4, "Expected 2,000,000,000 bytes")]
    [InlineData("a.npy", "(1,)", "<f4", 5, "Expected 4 bytes")]
    [InlineData("a.npy", "(2,)", "<f4", 7, "Expected 8 bytes")]
    [InlineData("a.npy", "(1,)", "|O", 4, "Expected row-major elements")]
    [InlineData("a.npy", "(1,)", ">f4", 4, "Expected row-major elements")]
    [InlineData("a.npy", "(-1,)", "<f4", 4, "Expected row-major elements")]
    public void An_entry_that_is_not_what_it_says_is_refused(string name, string shape, string type, int length, string words)
    {
        Zip((name, Npy(type, shape, new byte[length])));
        Refused(words);
    }

    [Fact]
    public void A_name_that_stands_twice_a_short_entry_and_no_archive_are_refused()
    {
        var one = Npy("<f4", "(1,)", new byte[4]);
        Zip(("a.npy", one), ("a.npy", one));
        Refused("each name once");
        Zip(("a.npy", one[..5]));
        Refused("cut short");
        Zip(("a.npy", [.. one[..8], 0xFF, 0xFF, .. one[10..]]));
        Refused("header of at most");
        File.WriteAllText(File_, "no archive");
        Refused("no zip archive");
        File.WriteAllBytes(File_, []);
        Refused("no zip archive");
    }

    void Refused(string words) => Assert.Contains(words, Assert.Throws<FormatException>(() => WeightsFile.Read(File_, _ => true)).Message);

    void Zip(params (string Name, byte[] Content)[] entries)
    {
        File.Delete(File_);
        using var zip = ZipFile.Open(File_, ZipArchiveMode.Create);
        foreach (var (name, content) in entries)
        {
            using var entry = zip.CreateEntry(name, content.Length > 1_000_000 ? CompressionLevel.Optimal : CompressionLevel.NoCompression)
                .Open();
            entry.Write(content);
        }
    }

    static byte[] Npy(string type, string shape, byte[] data)
    {
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}".PadRight(117) + "\n";
        return [.. "\u0093NUMPY\u0001\0"u8[1..], (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.ASCII.GetBytes(header),
            .. data];
    }
}
