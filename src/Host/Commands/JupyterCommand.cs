using System.CommandLine;
using System.Text.RegularExpressions;
using Workbook.Host.Documents;
using Workbook.Host.Jupyter;
using Workbook.Host.Processes;
using Workbook.Host.Run;

namespace Workbook.Host.Commands;

/// <summary><c>workbook jupyter</c>: the kernel for VS Code, JupyterLab and all that speaks their protocol.</summary>
sealed partial class JupyterCommand : Command
{
    readonly Terminal terminal;

    readonly Option<string> name = new("--name")
    {
        Description = "The kernel's name. Notebooks of this workbook ask for the default.",
        DefaultValueFactory = _ => CSharpKernel.Name
    };

    readonly Option<string> displayName = new("--display-name")
    { Description = "The name that front ends show.", DefaultValueFactory = _ => CSharpKernel.DisplayName };

    readonly Option<bool> force = new("--force") { Description = "Replace a kernel of this name that another program installed." };

    readonly Argument<string> connection = new("connection-file") { Description = "The file that the front end has written." };

    /// <summary>The command with its sub-commands.</summary>
    public JupyterCommand(Terminal terminal) : base("jupyter", "The kernel for VS Code, JupyterLab and other Jupyter front ends.")
    {
        this.terminal = terminal;
        name.Validators.Add(r =>
        {
            if (r.Tokens is [var token] && !Allowed().IsMatch(token.Value))
                r.AddError(
                    $"--name: expected letters, digits, dots, hyphens and underscores, and not without a letter or digit. "
                        + $"Received: {token.Value}.");
        });
        var install = new Command("install", "Tell Jupyter of the kernel, for this user.") { name, displayName, force };
        install.SetAction(line => Install(new KernelSpec(line.GetValue(name)!), line.GetValue(displayName)!, line.GetValue(force)));
        var uninstall = new Command("uninstall", "Take it away again.") { name };
        uninstall.SetAction(line => Uninstall(new KernelSpec(line.GetValue(name)!)));
        var start = new Command("start", "Serve a front end. Front ends call this themselves.") { connection };
        start.TreatUnmatchedTokensAsErrors = false;
        start.SetAction((line, _) => KernelProgram.RunAsync(terminal.At(line.GetValue(connection)!), terminal.Errors));
        foreach (var command in new[] { install, uninstall, start }) Add(command);
    }

    int Install(KernelSpec spec, string displayName, bool force)
    {
        if (spec.State is { Exists: true, IsOurs: false } && !force)
            return terminal.Refuse(
                $"Another program has installed a kernel named {spec.Name} in {spec.Folder}. "
                    + "Replace it with --force, or install this one under another --name.");
        try
        {
            spec.Install(displayName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return terminal.Refuse($"The kernel could not be installed: {e.Message}");
        }

        terminal.Output.WriteLine(
            $"Installed {spec.Name} in {spec.Folder}\nIn VS Code, JupyterLab or jupyter console choose the kernel {displayName}.");
        return ExitCodes.Passed;
    }

    int Uninstall(KernelSpec spec)
    {
        switch (spec.State)
        {
            case { Exists: false }:
                return terminal.Refuse($"There is no kernel named {spec.Name} in {KernelSpec.Root}.");
            case { IsOurs: false }:
                return terminal.Refuse($"The kernel in {spec.Folder} is another program's, so it stays.");
        }

        spec.Uninstall();
        terminal.Output.WriteLine($"Removed {spec.Folder}");
        return ExitCodes.Passed;
    }

    [GeneratedRegex(@"^[._-]*[A-Za-z0-9][A-Za-z0-9._-]*$")]
    private static partial Regex Allowed();
}
