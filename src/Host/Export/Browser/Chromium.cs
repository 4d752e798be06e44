using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Workbook.Host.Export.Browser;

/// <summary>A headless Chromium, Chrome or Edge that is on the machine already; nothing is downloaded.</summary>
sealed partial class Chromium : IAsyncDisposable
{
    /// <summary>The environment variable that names the browser, ahead of what is found by itself.</summary>
    public const string Variable = "WORKBOOK_CHROMIUM";

    static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge"];

    static readonly string[] Elsewhere =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "Google", "Chrome", "Application", "chrome.exe"),
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFilesX86), "Microsoft", "Edge", "Application", "msedge.exe"),
    ];

    readonly Process process;
    readonly DevTools connection;
    readonly DirectoryInfo profile;

    Chromium(Process process, DevTools connection, DirectoryInfo profile) => (this.process, this.connection, this.profile) = (process, connection, profile);

    /// <summary>The browser's program; null when there is none.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named) return File.Exists(named) ? named : null;
        var ending = OperatingSystem.IsWindows() ? ".exe" : "";
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => onPath.Select(folder => Path.Combine(folder, name + ending))).Concat(Elsewhere).FirstOrDefault(File.Exists);
    }

    /// <summary>Starts the browser with a profile of its own.</summary>
    /// <param name="program">The program, as <see cref="Find"/> gives it.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="BrowserException">It ended before it was ready; the message holds what it said.</exception>
    public static async Task<Chromium> StartAsync(string program, CancellationToken cancellation = default)
    {
        var profile = Directory.CreateTempSubdirectory("workbook-browser-");
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        string[] arguments =
        [
            "--headless=new", "--remote-debugging-port=0", $"--user-data-dir={profile.FullName}", "--no-first-run", "--no-default-browser-check",
            "--disable-extensions", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--mute-audio",
            "--hide-scrollbars", "--force-color-profile=srgb", "--disable-gpu", "--enable-unsafe-swiftshader", "about:blank",
        ];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        // The sandbox refuses to run as root, as in containers; the pages shown are our own.
        if (Environment.UserName == "root") start.ArgumentList.Insert(0, "--no-sandbox");

        var process = Process.Start(start)!;
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null) address.TrySetException(new BrowserException($"{program} ended before it was ready: {string.Join(' ', said.TakeLast(3))}"));
            else if (Listening().Match(line.Data) is { Success: true } match) address.TrySetResult(new Uri(match.Groups[1].Value));
            else said.Add(line.Data);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            var connection = await DevTools.ConnectAsync(await address.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellation), cancellation);
            return new Chromium(process, connection, profile);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            Forget(profile);
            throw;
        }
    }

    /// <summary>Opens a tab.</summary>
    public async Task<BrowserTab> OpenAsync(CancellationToken cancellation = default)
    {
        var target = await connection.SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" }, cancellation: cancellation);
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
        Forget(profile);
    }

    static void Forget(DirectoryInfo profile)
    {
        try
        {
            profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A child of the browser may write to its profile for a moment longer; it lies in the system's folder for temporary files.
        }
    }

    [GeneratedRegex("DevTools listening on (ws://\\S+)")]
    private static partial Regex Listening();
}
