using System.Text;

namespace Workbook.Host.Files;

/// <summary>File names that every system can hold.</summary>
static class PortableName
{
    const string Refused = "<>:\"|?*\\";

    const int Longest = 255;

    static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL",
        .. Enumerable.Range(0, 10).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })];

    /// <summary>Why others could not have a file of this name; null when they could.</summary>
    /// <param name="name">The name with its extension, without folders.</param>
    public static string? Problem(string name)
    {
        if (Devices.Contains(name.Split('.')[0].TrimEnd(), StringComparer.OrdinalIgnoreCase))
            return $"{name.Split('.')[0]} is a device on Windows, so nobody can have the file there";
        if (name.FirstOrDefault(c => char.IsControl(c) || Refused.Contains(c)) is not '\0' and var bad)
            return $"a name on Windows cannot hold {(char.IsControl(bad) ? "a control character" : bad)}";
        if (name.Any(c => c == '\0')) return "a name cannot hold a control character";
        return name.EndsWith('.') || name.EndsWith(' ') ? "a name on Windows cannot end so" : null;
    }

    /// <summary>Whether a name is too long for the files that a run makes of it.</summary>
    /// <param name="name">The name without its extension.</param>
    public static bool IsTooLong(string name) => Encoding.UTF8.GetByteCount(name) + ".ipynb".Length > Longest;
}
