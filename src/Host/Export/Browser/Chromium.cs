using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workbook.Host.Files;
using Workbook.Host.Processes;

namespace Workbook.Host.Export.Browser;

/// <summary>A headless Chromium, Chrome or Edge that is on the machine already; nothing is downloaded.</summary>
sealed partial class Chromium : IAsyncDisposable
{
    /// <summary>The environment variable that names the browser, ahead of what is found by itself.</summary>
    public const string Variable = "WORKBOOK_CHROMIUM";

    static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge",
        "microsoft-edge"];

    static readonly string[] Elsewhere =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "Google", "Chrome", "Application", "chrome.exe"),
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFilesX86), "Microsoft", "Edge", "Application",
            "msedge.exe"),
    ];

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly Process process;
    readonly DevTools connection;
    readonly ScratchFolder scratch;

    Chromium(Process process, DevTools connection, ScratchFolder scratch) =>
        (this.process, this.connection, this.scratch) = (process, connection, scratch);

    /// <summary>The browser's program; null when there is none.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named) return File.Exists(named) ? named : null;
        var ending = OperatingSystem.IsWindows() ? ".exe" : "";
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => onPath.Select(folder => Path.Combine(folder, name + ending))).Concat(Elsewhere)
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Starts the browser with a profile of its own.</summary>
    /// <param name="program">The program, as <see cref="Find"/> gives it.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="BrowserException">It ended before it was ready; the message holds what it said.</exception>
    public static async Task<Chromium> StartAsync(string program, CancellationToken cancellation = default)
    {
        var scratch = ScratchFolder.WithShortPath();
        var isPiped = !OperatingSystem.IsWindows();
        string[] arguments =
        [
            "--headless=new", isPiped ? "--remote-debugging-pipe" : "--remote-debugging-port=0", $"--user-data-dir={scratch.At("profile")}",
                "--no-first-run", "--no-default-browser-check",
            "--disable-extensions", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--mute-audio",
            "--hide-scrollbars", "--force-color-profile=srgb", "--disable-gpu", "--enable-unsafe-swiftshader", "about:blank",
        ];

        // The sandbox refuses to run as root, as in containers; the pages shown are our own.
        if (Environment.UserName == "root") arguments = ["--no-sandbox", .. arguments];

        // The browser wants its pipes as the third and the fourth; a shell can give them, and is the browser from then on.
        var start = isPiped
            ? new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" 3<&0 4>&1 </dev/null >/dev/null", "sh", program, .. arguments])
                : new ProcessStartInfo(program, arguments);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        foreach (var (name, value) in scratch.Environment) start.Environment[name] = value;

        var process = OwnChildren.Start(start);
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null) address.TrySetException(new BrowserException("It closed its output."));
            else if (Listening().Match(line.Data) is { Success: true } match) address.TrySetResult(new Uri(match.Groups[1].Value));
            else lock (said) said.Add(line.Data);
        };
        process.BeginErrorReadLine();
        if (!isPiped) process.BeginOutputReadLine();
        DevTools? connection = null;
        try
        {
            IBrowserWire wire = isPiped
                ? new PipeWire(process.StandardInput.BaseStream, process.StandardOutput.BaseStream)
                : await SocketWire.ConnectAsync(await address.Task.WaitAsync(Patience, cancellation), cancellation);
            connection = new DevTools(wire);
            await connection.SendAsync("Browser.getVersion", cancellation: cancellation);
            return new Chromium(process, connection, scratch);
        }
        catch (Exception error)
        {
            if (connection is not null) await connection.DisposeAsync();
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            scratch.Dispose();
            if (error is BrowserException)
                throw new BrowserException($"{program} ended before it was ready: {string.Join(' ', said.TakeLast(3))}");
            throw;
        }
    }

    /// <summary>Opens a tab.</summary>
    public async Task<BrowserTab> OpenAsync(CancellationToken cancellation = default)
    {
        var target =
            await connection.SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" }, cancellation: cancellation);
        var attach = new JsonObject { ["targetId"] = (string)target["targetId"]!, ["flatten"] = true };
        var session = await connection.SendAsync("Target.attachToTarget", attach, cancellation: cancellation);
        return await BrowserTab.CreateAsync(connection, (string)session["sessionId"]!, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            try
            {
                await connection.SendAsync("Browser.close");
                await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
            }
            catch (Exception error) when (error is BrowserException or TimeoutException)
            {
                // It does not answer any more, so it cannot be asked to end.
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }
        }
        await connection.DisposeAsync();
        process.Dispose();
        scratch.Dispose();
    }

    [GeneratedRegex("DevTools listening on (ws://\\S+)")]
    private static partial Regex Listening();
}
