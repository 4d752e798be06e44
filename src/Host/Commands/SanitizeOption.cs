using System.CommandLine;

namespace Workbook.Host.Commands;

/// <summary>The option <c>--sanitize</c> of every command that writes pages.</summary>
static class SanitizeOption
{
    /// <summary>A new one; a command owns its options.</summary>
    public static Option<bool> Create() =>
        new("--sanitize")
        { Description = "For notebooks of others: keep their own HTML and scripts off the pages, and load nothing from the network." };
}
