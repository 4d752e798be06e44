using System.Runtime.CompilerServices;

namespace Workbook.Tensors;

/// <summary>What is likely a mistake but not an error: said once each, on the error stream.</summary>
public static class Warnings
{
    static readonly ConditionalWeakTable<object, HashSet<string>> said = [];
    static readonly object everything = new();

    /// <summary>Writes a warning, unless the same key has been warned of before.</summary>
    /// <param name="key">What counts as the same warning.</param>
    /// <param name="message">What was seen, what follows from it, what to do.</param>
    /// <param name="about">The object that it is about, such as a variable or a model: another object of the same name is warned of anew.
    /// Default: once per process.</param>
    public static void Once(string key, string message, object? about = null)
    {
        var keys = said.GetOrCreateValue(about ?? everything);
        lock (keys)
            if (!keys.Add(key)) return;
        Say(message);
    }

    /// <summary>Writes a warning; whoever calls sees to it that it is not said in every step.</summary>
    public static void Say(string message) => Console.Error.WriteLine("Warning: " + message);

    /// <summary>Forgets what has been said, so that it would be said again.</summary>
    public static void Reset() => said.Clear();
}
