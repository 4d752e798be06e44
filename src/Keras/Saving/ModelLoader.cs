namespace Workbook.Keras;

/// <summary>Reads models from files, which may be those of strangers.</summary>
static class ModelLoader
{
    public static Model Load(string path, IReadOnlyDictionary<string, object>? custom, bool compile)
    {
        if (ModelFiles.Ends(path, ".keras"))
        {
            var (config, weights) = KerasArchive.Read(path);
            return Guarded(path, () => FromArchive(path, config, weights, custom, compile));
        }
        return ModelFiles.Ends(path, ".h5") || ModelFiles.Ends(path, ".hdf5") ? Guarded(path, () => FromOld(path, custom, compile))
            : throw new ArgumentException($"load_model: expected a file name that ends in .keras, .h5 or .hdf5. Received: {path}.");
    }

    public static void LoadWeights(Model model, string path) => Guarded(path, () =>
    {
        var file = new Hdf5File(ModelFiles.Ends(path, ".keras") ? KerasArchive.Read(path).Weights : Bytes(path), path);
        if (!model.variables.Any())
            throw new ModelException($"load_weights: expected a model with weights. Received: '{model.name}', which has none yet. "
                + "Build it: call it once, or begin with keras.Input.");
        var old = LegacyStore.Find(file.Root);
        Assign(old is null ? WeightStore.Read(file.Root, model, path) : LegacyStore.Read(old, model, path));
        if (old is null && model.CompiledOrNull is { } compiled) TryState(file.Root, model, compiled, path);
        return model;
    });

    /// <summary>The state of the optimizer too, if it is that of this one. The weights count in any case.</summary>
    static void TryState(Hdf5Object root, Model model, Compilation compiled, string path)
    {
        try
        {
            OptimizerStore.Read(root, model, compiled, path)?.Invoke();
        }
        catch (FormatException e)
        {
            Warnings.Say($"load_weights: the weights were loaded, and the optimizer begins anew. {e.Message}");
        }
    }

    static Model FromArchive(string path, string config, byte[] bytes, IReadOnlyDictionary<string, object>? custom, bool compile)
    {
        var json = Json.Parse(config, $"config.json of {path}");
        var file = new Hdf5File(bytes, $"model.weights.h5 of {path}");
        var reader = new ConfigReader($"config.json of {path}", custom);
        var model = Made(reader, json, file, path);
        Assign(WeightStore.Read(file.Root, model, path));
        if (compile && json is JsonObject { } all && all["compile_config"] is JsonObject compiled && compiled.Names.Any())
        {
            Compile(reader, compiled, model);
            if (model.CompiledOrNull is { } now) OptimizerStore.Read(file.Root, model, now, path)?.Invoke();
        }
        return model;
    }

    static Model FromOld(string path, IReadOnlyDictionary<string, object>? custom, bool compile)
    {
        var file = new Hdf5File(Bytes(path), path);
        if (file.Root.Attribute("model_config") is not { Texts: [var config] })
            throw new FormatException($"Expected a whole model in {path}: its attribute model_config. Received: none. "
                + "Weights alone are read by load_weights, into a model that is there.");
        var group = LegacyStore.Find(file.Root) ?? throw new FormatException($"Expected the group model_weights in {path}. Received: none. {WeightsFile.Again}");
        var reader = new ConfigReader($"model_config of {path}", custom);
        var model = Made(reader, Json.Parse(config, $"model_config of {path}"), file, path);
        Assign(LegacyStore.Read(group, model, path));
        if (compile && file.Root.Attribute("training_config") is { Texts: [var training] }
            && Json.Parse(training, $"training_config of {path}") is JsonObject json)
        {
            // tf.keras 2 has the optimizer beside what Keras 3 has in one.
            if (json["optimizer_config"] is { } optimizer) json["optimizer"] = optimizer;
            Compile(reader, json, model);
            if (file.Root.At("optimizer_weights") is { } state && model.CompiledOrNull is { } now)
                OptimizerStore.ReadOld(state, model, now.Optimizer, path)?.Invoke();
        }
        return model;
    }

    static Model Made(ConfigReader reader, object? json, Hdf5File file, string path)
    {
        // First values are drawn and replaced: the random numbers of the reader's own program go on as if nothing had been loaded.
        using var aside = RandomOps.Aside();
        using var budget = new WeightBudget(file.Budget / 4, path);
        return new ModelReader(reader).Model(json);
    }

    static void Compile(ConfigReader reader, JsonObject json, Model model)
    {
        try
        {
            CompileConfig.Read(reader, json, model);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or ModelException)
        {
            throw new FormatException($"Expected an optimizer, losses and metrics that are here. Received: {e.Message} "
                + "Or load it with compile: false.", e);
        }
    }

    static void Assign(List<(Variable Variable, Tensor Value)> values)
    {
        foreach (var (variable, value) in values) variable.assign(value);
    }

    static byte[] Bytes(string path)
    {
        var length = new FileInfo(path).Length;
        return length <= Array.MaxLength ? File.ReadAllBytes(WeightsFile.Held(path))
            : throw new FormatException($"Expected a file of at most {Array.MaxLength:N0} bytes. Received: {path} with {length:N0}. Split the model.");
    }

    /// <summary>What a damaged file brings about in arithmetic is said as what it is.</summary>
    static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is OverflowException or OutOfMemoryException or InsufficientExecutionStackException)
        {
            throw new FormatException($"Expected a model of usual size in {path}. Received: numbers beyond all limits ({e.Message}). "
                + WeightsFile.Again, e);
        }
    }
}
