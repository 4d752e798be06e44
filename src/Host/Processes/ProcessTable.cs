using System.Globalization;
using System.Text;

namespace Workbook.Host.Processes;

/// <summary>
/// The processes of a Linux machine as /proc shows them. What goes while one looks is left out, as is what has ended and only waits for its
/// parent to ask.
/// </summary>
static class ProcessTable
{
    /// <summary>All that a process has started, and what they have.</summary>
    public static IReadOnlyList<int> Descendants(int ancestor)
    {
        var children = All().ToLookup(p => p.Parent);
        var found = new List<int>();
        var rest = new Stack<(int Id, int Parent, char State)>(children[ancestor]);
        while (rest.TryPop(out var process))
        {
            if (process.State != 'Z') found.Add(process.Id);
            foreach (var child in children[process.Id]) rest.Push(child);
        }

        return found;
    }

    /// <summary>What a process has started or inherited itself, and whether it has ended and waits for its parent to ask.</summary>
    public static IReadOnlyList<(int Id, bool HasEnded)> Children(int parent) =>
        [.. All().Where(p => p.Parent == parent).Select(p => (p.Id, p.State == 'Z'))];

    /// <summary>Those in whose environment a variable has this value.</summary>
    public static IReadOnlyList<int> Marked(string variable, string value)
    {
        var entry = Encoding.UTF8.GetBytes($"{variable}={value}\0");
        return [.. All().Where(p => p.State != 'Z' && Read($"{p.Id}", "environ").AsSpan().IndexOf(entry) >= 0).Select(p => p.Id)];
    }

    /// <summary>Whether a thread of the process computes, waits for its turn to, or for a disk; false where /proc does not tell.</summary>
    public static bool IsBusy(int process)
    {
        try
        {
            return Directory.EnumerateDirectories($"/proc/{process}/task")
                .Any(t => Words($"{process}/task/{Path.GetFileName(t)}")[0] is "R" or "D");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // There is no such table here, or the process has gone.
            return false;
        }
    }

    static List<(int Id, int Parent, char State)> All()
    {
        var all = new List<(int, int, char)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) continue;
            var words = Words($"{id}");
            if (words.Length > 1 && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var parent))
                all.Add((id, parent, words[0][0]));
        }

        return all;
    }

    /// <summary>What stands in <c>stat</c> behind the name; that stands in brackets and may hold anything, brackets too.</summary>
    static string[] Words(string folder) => Encoding.UTF8.GetString(Read(folder, "stat")).Split(") ")[^1].Split(' ');

    static byte[] Read(string folder, string name)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{folder}/{name}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is gone, or another user's.
            return [];
        }
    }
}
