using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Workbook.Host.Documents;

namespace Workbook.Host.Display;

/// <summary>How the cells of this process want types to be shown.</summary>
static class RegisteredFormatters
{
    static readonly ConcurrentDictionary<(Type Type, string MimeType), Func<object, TextWriter, bool>> Writers = new();

    static readonly ConcurrentDictionary<Type, string[]> Preferred = new();

    /// <summary>Has values of a type written by a function in one representation; a later one takes the place of an earlier.</summary>
    /// <param name="type">The type; types derived from it, implementing it, or made from it where it is an open generic one, are meant
    /// too.</param>
    /// <param name="mimeType">The representation.</param>
    /// <param name="write">Writes it; false where it has nothing to say.</param>
    public static void Add(Type type, string mimeType, Func<object, TextWriter, bool> write) => Writers[(type, mimeType)] = write;

    /// <summary>Which representations are kept of values of a type, besides text/plain.</summary>
    public static void Prefer(Type type, string[] mimeTypes) => Preferred[type] = mimeTypes;

    /// <summary>Forgets all.</summary>
    public static void Clear()
    {
        Writers.Clear();
        Preferred.Clear();
    }

    /// <summary>Adds what the functions for the value's type write: those of the nearest type win.</summary>
    public static void Apply(object value, MimeBundle bundle, Action<string> say)
    {
        if (Writers.IsEmpty) return;
        var type = value.GetType();
        var kept = Preferred.Where(p => Distance(type, p.Key) is not null).OrderBy(p => Distance(type, p.Key)).Select(p => p.Value)
            .FirstOrDefault();
        var found = Writers.Select(w => (w.Key.MimeType, w.Value, Distance: Distance(type, w.Key.Type))).Where(w => w.Distance is not null)
            .GroupBy(w => w.MimeType).Select(g => g.MinBy(w => w.Distance)).OrderBy(w => w.MimeType, StringComparer.Ordinal).ToList();
        foreach (var (mimeType, write, _) in found)
        {
            if (kept is not null && mimeType != "text/plain" && !kept.Contains(mimeType)) continue;
            try
            {
                var writer = new StringWriter(CultureInfo.InvariantCulture);
                if (!write(value, writer)) continue;
                bundle[mimeType] = MimeText.Node(mimeType, writer.ToString(), out var problem);
                if (problem is not null) say($"The formatter of {TypeName.Of(type)} for {mimeType} must write JSON. {problem}");
            }
            catch (Exception e) when (!Safely.IsInterrupt(e))
            {
                say($"The formatter of {TypeName.Of(type)} for {mimeType} failed: {Safely.Words(e)}");
            }
        }
    }

    /// <summary>
    /// How far a type is from one that it derives from; interfaces come after base types, object last; null when it does not. A string is
    /// a list of characters, but who shows lists does not mean texts.
    /// </summary>
    static int? Distance(Type type, Type registered)
    {
        if (registered == typeof(object)) return int.MaxValue;
        var steps = 0;
        for (var level = type; level is not null; level = level.BaseType, steps++)
            if (Same(level, registered)) return steps;
        return type != typeof(string) && type.GetInterfaces().Any(i => Same(i, registered)) ? 1000 : null;
    }

    static bool Same(Type type, Type registered) =>
        type == registered || (registered.IsGenericTypeDefinition && type.IsGenericType && type.GetGenericTypeDefinition() == registered);
}
