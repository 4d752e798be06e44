namespace Workbook.Keras;

/// <summary>Automatic names: dense, dense_1, dense_2, …; counted per thread.</summary>
internal static class LayerNames
{
    [ThreadStatic] static Dictionary<string, int>? counts;

    /// <summary>The given name, or the next automatic one.</summary>
    public static string Next(string? name, string stem)
    {
        if (name is not null) return name;
        counts ??= [];
        var count = counts.GetValueOrDefault(stem);
        counts[stem] = count + 1;
        return count == 0 ? stem : $"{stem}_{count}";
    }

    public static void Reset() => counts = null;
}
