using System.Collections.Concurrent;

namespace Workbook.Keras;

/// <summary>Automatic names: dense, dense_1, dense_2, …</summary>
static class LayerNames
{
    static readonly Setting<ConcurrentDictionary<string, int>> Counts = new(() => []);

    /// <summary>The given name, or the next automatic one.</summary>
    public static string Next(string? name, string stem)
    {
        if (name is not null) return name;
        var count = Counts.Value.AddOrUpdate(stem, 0, (_, n) => n + 1);
        return count == 0 ? stem : $"{stem}_{count}";
    }

    public static void Reset() => Counts.Value = [];
}

public static partial class keras
{
    /// <summary>Names of layers. Keras: keras.backend.</summary>
    public static class backend
    {
        /// <summary>Starts the automatic names (dense, dense_1, …) anew.</summary>
        public static void clear_session() => LayerNames.Reset();
    }
}
