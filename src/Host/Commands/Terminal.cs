using Workbook.Host.Wording;

namespace Workbook.Host.Commands;

/// <summary>What a command has around it: where it writes, and the folder from which its paths are meant.</summary>
/// <param name="Output">Takes results.</param>
/// <param name="Errors">Takes what went wrong.</param>
/// <param name="Folder">The full path of the folder that relative paths start from.</param>
sealed record Terminal(TextWriter Output, TextWriter Errors, string Folder)
{
    /// <summary>Whether a person watches, to whom bars can be drawn.</summary>
    public bool IsWatched { get; init; }

    /// <summary>Whether signals to this process are meant for the command.</summary>
    public bool TakesSignals { get; init; }

    /// <summary>This process's own.</summary>
    public static Terminal Own =>
        new(Console.IsOutputRedirected ? Console.Out : new TerminalOutput(() => Console.Out),
            Console.IsErrorRedirected ? Console.Error : new TerminalOutput(() => Console.Error), Environment.CurrentDirectory)
        {
            IsWatched = !Console.IsOutputRedirected && !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("CI") is null,
            TakesSignals = true,
        };

    /// <summary>The full path of what a reader named.</summary>
    public string At(string path) => Path.GetFullPath(path, Folder);

    /// <summary>Says why a command cannot be followed.</summary>
    public int Refuse(string message)
    {
        Errors.WriteLine(Harmless.Log(message));
        return Processes.ExitCodes.Usage;
    }
}
