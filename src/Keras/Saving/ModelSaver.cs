using System.Globalization;

namespace Workbook.Keras;

/// <summary>Writes models as Keras 3 does.</summary>
static class ModelSaver
{
    /// <summary>The version of Keras whose files these are.</summary>
    const string Version = "3.15.1";

    public static void Save(Model model, string path)
    {
        var config = new ModelWriter().Model(model);
        var weights = new Hdf5Writer();
        WeightStore.Write(weights, model);
        if (model.CompiledOrNull is { } compiled) Compiled(model, compiled, config, weights);
        SayShared(model);
        var text = Json.Text(config);
        var metadata = Json.Text(new JsonObject
        {
            ["keras_version"] = Version,
            ["date_saved"] = DateTime.UtcNow.ToString("yyyy-MM-dd@HH:mm:ss", CultureInfo.InvariantCulture),
        });
        AtomicWrite.To(path, stream => KerasArchive.Write(stream, metadata, text, weights));
        PythonPage.WriteBeside(path, text);
    }

    public static void SaveWeights(Model model, string path)
    {
        var weights = new Hdf5Writer();
        WeightStore.Write(weights, model);
        if (model.CompiledOrNull is { } compiled) OptimizerStore.Write(weights, model, compiled);
        AtomicWrite.To(path, weights.Write);
    }

    static void Compiled(Model model, Compilation compiled, JsonObject config, Hdf5Writer weights)
    {
        try
        {
            config["compile_config"] = CompileConfig.Write(compiled);
        }
        catch (ModelException e)
        {
            Warnings.Say($"save: '{model.name}' is saved without what it was compiled with. {e.Message}");
            return;
        }
        if (compiled.Hyper is not null)
            Warnings.Say($"save: '{model.name}' is saved with one optimizer, as Keras has it; its hyper_optimizer is left out.");
        OptimizerStore.Write(weights, model, compiled);
    }

    /// <summary>One variable at two places is two in a file.</summary>
    static void SayShared(Model model)
    {
        var twice = LayerPaths.Of(model).Select(l => l.Layer).OfType<Model>().Select(m => m.Graph).OfType<Graph>().SelectMany(g => g.Steps)
            .SelectMany(LearnedPlaces.Of).GroupBy(p => p.Variable).Where(g => g.Count() > 1).Select(g => $"'{g.Key.name}'").ToList();
        if (twice.Count > 0)
            Warnings.Say($"save: {string.Join(", ", twice)} stands at several places between layers. In the file each place has its own, "
                + "which go apart when they are trained there.");
    }
}
