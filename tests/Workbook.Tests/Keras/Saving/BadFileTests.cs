using System.IO.Compression;
using System.Text;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Saving;

/// <summary>Files of strangers: damaged, dishonest, or made to do harm.</summary>
public sealed class BadFileTests(Samples samples) : IClassFixture<Samples>
{
    /// <summary>What Keras reads and this does not: complex weights.</summary>
    static readonly string[] refusedHere = ["weights_complex.keras"];

    public static TheoryData<string> All => [.. Samples.Names("bad", ".keras", ".h5")];

    [Theory]
    [MemberData(nameof(All))]
    public void A_bad_file_is_refused_with_a_word_or_read_as_Keras_reads_it(string name)
    {
        var file = Path.GetFileName(name);
        var verdict = (string)((JsonObject)samples.Json("bad.json")[file]!)["keras"]!;
        var before = Directory.GetFiles(Path.GetTempPath(), "evil*").Length + Directory.GetFiles(samples.Folder, "*",
            SearchOption.AllDirectories).Length;
        var started = GC.GetAllocatedBytesForCurrentThread();
        void Load()
        {
            if (!name.EndsWith(".weights.h5")) models.load_model(samples.At(name), Customs.All);
            else models.load_model(samples.At("v3/sequential_dense.keras")).load_weights(samples.At(name));
        }
        if (verdict == "loads" && !refusedHere.Contains(file)) Load();
        else
        {
            var error = Assert.Throws<FormatException>(Load);
            Assert.Contains("Expected ", error.Message);
            Assert.Contains("Received: ", error.Message);
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - started, 0, 256L << 20);
        Assert.Equal(before, Directory.GetFiles(Path.GetTempPath(), "evil*").Length
            + Directory.GetFiles(samples.Folder, "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void A_Lambda_around_a_registered_function_is_read_and_one_with_code_never()
    {
        models.load_model(samples.At("bad/lambda_named.keras"), Customs.All);
        Assert.Contains("never executed", Assert.Throws<FormatException>(() => models.load_model(samples.At("bad/lambda.keras"),
            Customs.All)).Message);
    }

    [Fact]
    public void What_nobody_registered_is_named_with_what_there_is()
    {
        var error = Assert.Throws<FormatException>(() => models.load_model(samples.At("bad/unregistered_layer.keras")));
        Assert.Contains("Teleport", error.Message);
        Assert.Contains("Dense", error.Message);
        Assert.Contains("register_keras_serializable", error.Message);
    }

    [Theory]
    [InlineData("units", 8, 16_000_000)]
    [InlineData("batch_shape\": [null, 4", 4, 200_000_000)]
    public void A_model_that_needs_more_weights_than_its_file_holds_is_refused_before_they_are_made(string key, int from, int to)
    {
        var path = Changed(c => c.Replace($"\"{key}\": {from}", $"\"{key}\": {to}").Replace($"{key}]", key.Replace($"{from}", $"{to}")
            + "]"));
        var started = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<FormatException>(() => models.load_model(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - started, 0, 256L << 20);
    }

    [Fact]
    public void A_number_may_not_be_a_float_a_text_or_a_list_where_a_whole_one_is_meant()
    {
        foreach (var other in new[] { "8.5", "\"8\"", "[8, 8]", "true", "{}", "NaN", "1e9" })
            Assert.Contains("Expected", Assert.Throws<FormatException>(
                () => models.load_model(Changed(c => c.Replace("\"units\": 8", $"\"units\": {other}")))).Message);
    }

    [Fact]
    public void A_file_cut_or_changed_anywhere_is_refused_or_read_and_nothing_else()
    {
        // The checksum of the archive is left out of the way: these are the bytes of HDF5 alone.
        foreach (var layout in new[] { "default", "latest", "chunked_gzip_latest", "adam_latest", "chunked_gzip" })
        {
            using var zip = ZipFile.OpenRead(samples.At($"layouts/{layout}.keras"));
            using var stream = zip.GetEntry("model.weights.h5")!.Open();
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            var bytes = memory.ToArray();
            var model = models.load_model(samples.At($"layouts/{layout}.keras"));
            for (var i = 0; i < bytes.Length; i += 13)
                foreach (var mask in new byte[] { 0xFF, 0x01, 0x80 })
                {
                    var changed = (byte[])bytes.Clone();
                    changed[i] ^= mask;
                    Read(model, changed);
                }
            for (var length = 0; length < bytes.Length; length += 97) Read(model, bytes[..length]);
        }

        static void Read(Model model, byte[] bytes)
        {
            try
            {
                WeightStore.Read(new Hdf5File(bytes, "a file").Root, model, "a file");
            }
            catch (FormatException e)
            {
                Assert.Contains("Received: ", e.Message);
            }
            catch (OverflowException)
            {
                // Said as damage by what loads a file.
            }
        }
    }

    [Fact]
    public void A_config_cut_anywhere_is_refused()
    {
        var config = ConfigOf("v3/functional_branches.keras");
        for (var length = 0; length < config.Length; length += 41)
            Assert.Contains("Received: ", Assert.Throws<FormatException>(() => Json.Parse(config[..length], "a text")).Message);
    }

    [Fact]
    public void Every_value_of_a_config_may_be_another_and_the_word_is_ours()
    {
        // Each value in turn becomes one of another kind: whatever happens, it is either read or refused as a file.
        var config = ConfigOf("v3/functional_branches.keras");
        var weights = new Hdf5File(WeightsOf("v3/functional_branches.keras"), "a file");
        foreach (var other in new object?[] { null, -1L, 0L, long.MaxValue, 0.5, double.NaN, "text", true, new List<object?>(),
            new JsonObject() })
        {
            var places = Places((JsonObject)Json.Parse(config, "a text")!).Count();
            for (var i = 0; i < places; i += 3)
            {
                var whole = (JsonObject)Json.Parse(config, "a text")!;
                Places(whole).ElementAt(i)(other);
                try
                {
                    using var budget = new WeightBudget(weights.Budget / 4, "a file");
                    new ModelReader(new ConfigReader("a file", null)).Model(whole);
                }
                catch (FormatException e)
                {
                    Assert.Contains("Received: ", e.Message);
                }
            }
        }
    }

    [Fact]
    public void Nesting_has_an_end()
    {
        foreach (var (open, close) in new[] { ("[", "]"), ("{\"a\":", "}") })
            Assert.Contains("nested", Assert.Throws<FormatException>(() => Json.Parse(
                string.Concat(Enumerable.Repeat(open, 100_000)) + "1" + string.Concat(Enumerable.Repeat(close, 100_000)),
                    "a text")).Message);
    }

    [Fact]
    public void Weights_of_another_shape_change_nothing()
    {
        var model = models.load_model(samples.At("v3/sequential_dense.keras"));
        var before = model.get_weights().SelectMany(w => w.ToArray<float>()).ToArray();
        Assert.Throws<FormatException>(() => model.load_weights(samples.At("bad/missing_dataset.weights.h5")));
        Assert.Equal(before, model.get_weights().SelectMany(w => w.ToArray<float>()));
    }

    [Fact]
    public void The_state_of_an_optimizer_for_other_variables_is_left_with_a_word()
    {
        var path = Changed(c => c.Replace("\"class_name\": \"Adam\"", "\"class_name\": \"SGD\"").Replace("\"beta_1\": 0.9, \"beta_2\": 0.999, "
            + "\"epsilon\": 1e-07, \"amsgrad\": false", "\"momentum\": 0.5"), "v3/trained_adam.keras");
        Assert.Contains("begins anew", ErrorStream.Of(() => Assert.Equal(0, models.load_model(path).optimizer!.iterations)));
    }

    [Fact]
    public void A_disk_that_is_full_leaves_the_old_file()
    {
        var path = samples.At("kept.keras");
        models.load_model(samples.At("v3/sequential_dense.keras")).save(path);
        var before = File.ReadAllBytes(path);
        Assert.Throws<IOException>(() => AtomicWrite.To(path, stream =>
        {
            stream.Write(before, 0, 100);
            throw new IOException("No space left on device");
        }));
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Empty(Directory.GetFiles(samples.Folder, "*.part"));
    }

    /// <summary>Ways to set each value of a config, as deep as they are.</summary>
    static IEnumerable<Action<object?>> Places(object? json)
    {
        switch (json)
        {
            case JsonObject o:
                foreach (var name in o.Names.ToList())
                {
                    yield return value => o[name] = value;
                    foreach (var inner in Places(o[name])) yield return inner;
                }
                break;
            case List<object?> list:
                for (var i = 0; i < list.Count; i++)
                {
                    var at = i;
                    yield return value => list[at] = value;
                    foreach (var inner in Places(list[i])) yield return inner;
                }
                break;
        }
    }

    string ConfigOf(string name) => Encoding.UTF8.GetString(Member(name, "config.json"));

    byte[] WeightsOf(string name) => Member(name, "model.weights.h5");

    byte[] Member(string name, string member)
    {
        using var zip = ZipFile.OpenRead(samples.At(name));
        using var stream = zip.GetEntry(member)!.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    /// <summary>A good file with another config.</summary>
    string Changed(Func<string, string> change, string name = "v3/sequential_dense.keras")
    {
        var config = ConfigOf(name);
        var changed = change(config);
        Assert.NotEqual(config, changed);
        var path = samples.At($"{Guid.NewGuid()}.keras");
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (member, bytes) in new[] { ("config.json", Encoding.UTF8.GetBytes(changed)), ("model.weights.h5", WeightsOf(name)) })
        {
            using var stream = zip.CreateEntry(member).Open();
            stream.Write(bytes);
        }
        return path;
    }
}
