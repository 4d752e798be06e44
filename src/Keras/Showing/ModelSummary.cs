using System.Globalization;
using System.Text.RegularExpressions;

namespace Workbook.Keras;

/// <summary>The text of <c>model.summary()</c>.</summary>
/// <param name="model">The model.</param>
/// <param name="window">The width of the window.</param>
sealed class ModelSummary(Model model, int window)
{
    readonly ShownModel shown = ShownModel.Of(model);

    public int? Length { get; init; }

    public double[]? Positions { get; init; }

    public bool IsExpanded { get; init; }

    public bool ShowsTrainable { get; init; }

    public string[]? Range { get; init; }

    /// <summary>Ends with a line break, as what Keras prints.</summary>
    public override string ToString()
    {
        var isChain = shown.IsChain;
        string[] head = isChain ? ["Layer (type)", "Output Shape", "Param #"] : ["Layer (type)", "Output Shape", "Param #", "Connected to"];
        var ends = Positions ?? (isChain ? [0.45, 0.8, 1] : [0.3, 0.56, 0.74, 1]);
        if (ends.Length != head.Length)
            throw new ArgumentException($"summary: expected positions for {head.Length} columns ({string.Join(", ", head)}). "
                + $"Received: {ends.Length}.");
        if (ShowsTrainable) (head, ends) = ([.. head, "Trainable"], [.. ends.Select(p => p * 0.9), 1]);
        var length = Length ?? Math.Min((isChain ? 88 : 108) + (ShowsTrainable ? 12 : 0), window - 4);
        var table = new TextTable(Widths(ends, length), (isChain ? "llr" : "llrl") + (ShowsTrainable ? "c" : ""));
        table.Add(head);
        var listed = new HashSet<Variable>();
        foreach (var part in InRange()) Add(part, shown, 0, table, listed);
        if (Range is null)
            foreach (var variable in model.variables.Except(listed)) table.Add(Row(variable));
        return string.Join('\n', [.. TextTable.Wrapped($"Model: \"{model.name}\"", window, null), .. table.Lines(length), .. Totals(), ""]);
    }

    int[] Widths(double[] ends, int length)
    {
        var (widths, at) = (new int[ends.Length], 0);
        for (var i = 0; i < ends.Length; i++)
        {
            widths[i] = (int)(ends[i] * length) - at;
            at += widths[i];
            if (widths[i] < 4)
                throw new ArgumentException($"summary: expected at least 4 characters for each column. Received: {widths[i]} for column "
                    + $"{i + 1}, with positions {string.Join(", ", ends)} of {length}. Widen the window, or state a line_length.");
        }
        return widths;
    }

    IEnumerable<ShownPart> InRange()
    {
        if (Range is null) return shown.Parts;
        if (Range.Length != 2)
            throw new ArgumentException($"summary: expected two names in layer_range, the first and the last. Received: {Range.Length}.");
        var names = shown.Parts.Select(p => p.Name).ToList();
        var bounds = Array.ConvertAll(Range, pattern => names.Select((n, i) => (n, i))
            .Where(p => Regex.Match(p.n, pattern) is { Success: true, Index: 0 }).Select(p => p.i).ToList());
        if (bounds.Any(b => b.Count == 0))
            throw new ArgumentException($"summary: expected names of layers in layer_range: {string.Join(", ", names)}. "
                + $"Received: {string.Join(", ", Range)}.");
        var (first, last) = (bounds[0].Min(), bounds[1].Max());
        if (first > last) (first, last) = (bounds[1].Min(), bounds[0].Max());
        return shown.Parts.Take(first..(last + 1));
    }

    void Add(ShownPart part, ShownModel inside, int level, TextTable table, HashSet<Variable> listed)
    {
        var weights = part.Layer is { } layer && part.IsBuilt ? [.. layer.MadeWeights()] : new List<Variable>();
        listed.UnionWith(weights);
        var name = (level == 0 ? "" : new string(' ', 3 * level) + "└ ") + part.Name;
        List<string> row = [$"{name} ({part.ClassName})", part.OutputShape, part.IsBuilt ? Count(weights) : "0 (unbuilt)"];
        if (!shown.IsChain) row.Add(ReferenceEquals(inside, shown) && part.Sources.Count > 0 ? string.Join(", ", part.Sources) : "-");
        if (ShowsTrainable) row.Add(weights.Count == 0 ? "-" : part.Layer!.trainable ? "Y" : "N");
        table.Add([.. row]);
        if (!IsExpanded || part.Layer is not Model nested) return;
        var inner = ShownModel.Of(nested);
        foreach (var p in inner.Parts) Add(p, inner, level + 1, table, listed);
    }

    string[] Row(Variable variable)
    {
        List<string> row = [$"{variable.name} (Variable)", ShownPart.Text(variable.shape), Count([variable])];
        if (!shown.IsChain) row.Add("-");
        if (ShowsTrainable) row.Add(variable.trainable ? "Y" : "N");
        return [.. row];
    }

    IEnumerable<string> Totals()
    {
        var (moving, still) = (model.trainable_variables, model.non_trainable_variables);
        var optimizer = model.CompiledOrNull?.Optimizer is { iterations: > 0 } o ? o.State(moving).Select(s => (s.Shape, s.DType)).ToList()
            : [];
        var (a, b) = (moving.Select(v => (v.shape, v.dtype)).ToList(), still.Select(v => (v.shape, v.dtype)).ToList());
        yield return Total("Total", [.. a, .. b, .. optimizer]);
        yield return Total("Trainable", a);
        yield return Total("Non-trainable", b);
        if (optimizer.Count > 0) yield return Total("Optimizer", optimizer);
    }

    static string Total(string what, List<(Shape Shape, DType DType)> variables)
    {
        var bytes = variables.Sum(v => (double)v.Shape.Size * (v.DType is DType.Float64 or DType.Int64 ? 8
            : v.DType == DType.Bool ? 0.125 : 4));
        string[] units = ["B", "KB", "MB", "GB", "TB", "PB"];
        var unit = 0;
        for (; bytes >= 1024 && unit < units.Length - 1; unit++) bytes /= 1024;
        return FormattableString.Invariant($" {what} params: {variables.Sum(v => (long)v.Shape.Size):N0} ({bytes:F2} {units[unit]})");
    }

    static string Count(IEnumerable<Variable> variables) =>
        variables.Sum(v => (long)v.shape.Size).ToString("N0", CultureInfo.InvariantCulture);
}
