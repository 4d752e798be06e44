using System.Runtime.CompilerServices;

namespace Workbook.Tensors;

/// <summary>What is likely a mistake but not an error: said once each, on the error stream.</summary>
public static class Warnings
{
    static readonly ConditionalWeakTable<object, HashSet<string>> saidToAll = [];
    static readonly object everything = new();
    static readonly AsyncLocal<Listener?> listener = new();

    /// <summary>Writes a warning, unless the same key has been warned of before.</summary>
    /// <param name="key">What counts as the same warning.</param>
    /// <param name="message">What was seen, what follows from it, what to do.</param>
    /// <param name="about">The object that it is about, such as a variable or a model: another object of the same name is warned of anew.
    /// Default: once per process.</param>
    public static void Once(string key, string message, object? about = null)
    {
        var keys = (listener.Value?.Said ?? saidToAll).GetOrCreateValue(about ?? everything);
        lock (keys)
            if (!keys.Add(key)) return;
        Say(message);
    }

    /// <summary>Hands the warnings of this thread, and of the tasks that it starts from here on, to a function before they are
    /// written.</summary>
    /// <remarks>
    /// What was said before is said anew to the function, and what is said to it is not remembered after it. Functions may lie in each
    /// other: the innermost hears first, and what it leaves goes to the next.
    /// </remarks>
    /// <param name="hear">Takes the message; true: it is not written. It may be called by several threads at once.</param>
    /// <returns>Ends the hearing when it is disposed, on the thread that began it.</returns>
    public static IDisposable Hear(Func<string, bool> hear) => new Listener(hear);

    /// <summary>Writes a warning; whoever calls sees to it that it is not said in every step.</summary>
    /// <param name="message">What was seen, what follows from it, what to do.</param>
    public static void Say(string message)
    {
        if (listener.Value?.Hear(message) != true) Console.Error.WriteLine("Warning: " + message);
    }

    /// <summary>Forgets what has been said, so that it would be said again.</summary>
    public static void Reset() => saidToAll.Clear();

    sealed class Listener : IDisposable
    {
        readonly Listener? outer = listener.Value;

        public Listener(Func<string, bool> hear)
        {
            Hear = message => hear(message) || outer?.Hear(message) == true;
            listener.Value = this;
        }

        public Func<string, bool> Hear { get; }

        public ConditionalWeakTable<object, HashSet<string>> Said { get; } = [];

        public void Dispose() => listener.Value = outer;
    }
}
