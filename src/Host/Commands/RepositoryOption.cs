using System.CommandLine;

namespace Workbook.Host.Commands;

/// <summary>The option <c>--repository</c> of every command that writes pages.</summary>
static class RepositoryOption
{
    /// <summary>A new one; a command owns its options.</summary>
    public static Option<string?> Create() =>
        new("--repository")
        { Description = "The repository on GitHub that pages link to. Default: git's origin, if it is one.", HelpName = "owner/name" };
}
