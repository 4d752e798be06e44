using System.Globalization;

namespace Workbook.Keras;

public partial class Model
{
    /// <summary>Prints a table of the layers, their output shapes and numbers of parameters.</summary>
    /// <param name="print_fn">Where each line goes; default: the console.</param>
    /// <remarks>Python shows None for the batch; here it is −1. A variable that is a weight of no layer has a row of its own.</remarks>
    public void summary(Action<string>? print_fn = null)
    {
        print_fn ??= Console.WriteLine;
        List<string[]> rows = [["Layer (type)", "Output Shape", "Param #"]];
        rows.AddRange(
            graph is null ? OwnLayers.Select(l => Row(l, null))
                : graph.Inputs.Select(i => new[] { $"{i.name} (InputLayer)", i.shape.ToString(), "0" })
            .Concat(graph.Steps.Select(
                s => s.Layer is { } layer ? Row(layer, s.Outputs[0].shape) : [$"{s.Name} (op)", s.Outputs[0].shape.ToString(), "0"])));
        rows.AddRange(
            trainable_variables.Except(OwnLayers.SelectMany(l => l.MadeWeights()))
                .Select(v => new[] { $"{v.name} (variable)", v.shape.ToString(), Count([v]) }));
        var widths = Enumerable.Range(0, 3).Select(c => rows.Max(r => r[c].Length)).ToArray();
        var rule = new string('-', widths.Sum() + 4);
        print_fn($"Model: \"{name}\"");
        print_fn(rule);
        foreach (var (row, i) in rows.Select((r, i) => (r, i)))
        {
            print_fn($"{row[0].PadRight(widths[0])}  {row[1].PadRight(widths[1])}  {row[2].PadLeft(widths[2])}");
            if (i == 0) print_fn(rule);
        }
        print_fn(rule);
        print_fn($"Total params: {Count(variables)}");
        print_fn($"Trainable params: {Count(trainable_variables)}");
        print_fn($"Non-trainable params: {Count(non_trainable_variables)}");
    }

    /// <summary>The summary, so that a model that ends a cell shows its layers.</summary>
    public override string ToString()
    {
        var lines = new List<string>();
        summary(lines.Add);
        return string.Join('\n', lines);
    }

    static string[] Row(Layer layer, Shape? output) =>
        [$"{layer.name} ({layer.GetType().Name})", output?.ToString() ?? "?", layer.built ? Count(layer.MadeWeights()) : "unbuilt"];

    static string Count(IEnumerable<Variable> variables) =>
        variables.Sum(v => (long)v.shape.Size).ToString("N0", CultureInfo.InvariantCulture);
}
