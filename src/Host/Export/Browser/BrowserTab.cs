using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workbook.Host.Export.Browser;

/// <summary>One tab of a browser.</summary>
sealed class BrowserTab
{
    readonly DevTools connection;
    readonly string session;
    readonly List<string> errors = [];

    BrowserTab(DevTools connection, string session)
    {
        (this.connection, this.session) = (connection, session);
        connection.Happened += Listen;
    }

    /// <summary>What went wrong in the page so far: exceptions, console errors, failed loads.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (errors) return [.. errors];
        }
    }

    /// <summary>A tab that reports its page's events.</summary>
    public static async Task<BrowserTab> CreateAsync(DevTools connection, string session, CancellationToken cancellation)
    {
        var tab = new BrowserTab(connection, session);
        foreach (var domain in (string[])["Page", "Runtime", "Log"]) await tab.SendAsync($"{domain}.enable", cancellation: cancellation);
        return tab;
    }

    /// <summary>Goes to an address and waits until the page and all it refers to are loaded.</summary>
    public async Task GoAsync(Uri address, CancellationToken cancellation = default)
    {
        lock (errors) errors.Clear();
        var loaded = connection.NextAsync(session, "Page.loadEventFired", cancellation);
        await SendAsync("Page.navigate", new JsonObject { ["url"] = address.AbsoluteUri }, cancellation);
        await loaded;
    }

    /// <summary>
    /// Cuts the tab off from every network and from the files of the machine, for good: whatever its pages ask for fails.
    /// </summary>
    public async Task CutOffAsync(CancellationToken cancellation = default)
    {
        await SendAsync("Network.enable", cancellation: cancellation);
        var nothing = new JsonObject { ["offline"] = true, ["latency"] = 0, ["downloadThroughput"] = 0, ["uploadThroughput"] = 0 };
        await SendAsync("Network.emulateNetworkConditions", nothing, cancellation);
        JsonArray schemes = ["http://*", "https://*", "ws://*", "wss://*", "ftp://*", "file://*"];
        await SendAsync("Network.setBlockedURLs", new JsonObject { ["urls"] = schemes }, cancellation);
    }

    /// <summary>Runs an expression in the page, waits for its promise, and gives its value as JSON; null for undefined.</summary>
    /// <exception cref="BrowserException">The expression threw.</exception>
    public async Task<JsonNode?> EvaluateAsync(string expression, CancellationToken cancellation = default)
    {
        var parameters = new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true };
        var answer = await SendAsync("Runtime.evaluate", parameters, cancellation);
        if (answer["exceptionDetails"] is { } details)
            throw new BrowserException($"The page's script failed: {Describe(details)}") { IsOfPage = true };
        return answer["result"]!["value"];
    }

    /// <summary>Gives the tab the size and the colours of a reader's screen.</summary>
    /// <param name="width">In CSS pixels.</param>
    /// <param name="height">In CSS pixels.</param>
    /// <param name="dark">Whether the reader prefers dark pages.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="touch">Whether fingers point, which cannot hover.</param>
    public async Task SetScreenAsync(int width, int height, bool dark, CancellationToken cancellation = default, bool touch = false)
    {
        await SendAsync("Emulation.setDeviceMetricsOverride",
            new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false }, cancellation);
        var scheme = new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" };
        await SendAsync("Emulation.setEmulatedMedia", new JsonObject { ["features"] = new JsonArray(scheme) }, cancellation);
        await SendAsync("Emulation.setTouchEmulationEnabled", new JsonObject { ["enabled"] = touch }, cancellation);
    }

    /// <summary>Presses and releases a key: <c>Tab</c>, <c>Enter</c>.</summary>
    public async Task PressAsync(string key, int code, CancellationToken cancellation = default)
    {
        // A button is pressed by the character that the key makes.
        var text = key == "Enter" ? "\r" : "";
        foreach (var type in (string[])[text.Length == 0 ? "rawKeyDown" : "keyDown", "keyUp"])
            await SendAsync("Input.dispatchKeyEvent",
                new JsonObject { ["type"] = type, ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = code, ["text"] = text },
                cancellation);
    }

    /// <summary>Clicks with the mouse at a share of an element's width, half-way down; the element is scrolled to first.</summary>
    /// <exception cref="BrowserException">There is no such element.</exception>
    public async Task ClickAsync(string selector, double share = 0.5, CancellationToken cancellation = default)
    {
        var place = await EvaluateAsync($$"""
            (async () => {
                const element = document.querySelector({{JsonSerializer.Serialize(selector)}});
                element.scrollIntoView({ block: "center", behavior: "instant" });
                await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
                const box = element.getBoundingClientRect();
                return { x: box.left + box.width * {{share.ToString(CultureInfo.InvariantCulture)}}, y: box.top + box.height / 2 };
            })()
            """, cancellation);
        foreach (var (type, buttons) in ((string, int)[])[("mouseMoved", 0), ("mousePressed", 1), ("mouseReleased", 0)])
            await SendAsync("Input.dispatchMouseEvent",
                new JsonObject
                {
                    ["type"] = type,
                    ["x"] = (double)place!["x"]!,
                    ["y"] = (double)place["y"]!,
                    ["button"] = type == "mouseMoved" ? "none" : "left",
                    ["buttons"] = buttons,
                    ["clickCount"] = 1,
                }, cancellation);
    }

    /// <summary>Types a text where the focus is.</summary>
    public Task TypeAsync(string text, CancellationToken cancellation = default) =>
        SendAsync("Input.insertText", new JsonObject { ["text"] = text }, cancellation);

    /// <summary>A PNG of the whole page, not only of what fits the screen.</summary>
    public async Task<byte[]> PictureAsync(CancellationToken cancellation = default)
    {
        var answer =
            await SendAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png", ["captureBeyondViewport"] = true },
                cancellation);
        return Convert.FromBase64String((string)answer["data"]!);
    }

    Task<JsonNode> SendAsync(string method, JsonObject? parameters = null, CancellationToken cancellation = default) =>
        connection.SendAsync(method, parameters, session, cancellation);

    void Listen(string? from, string name, JsonNode parameters)
    {
        if (from != session) return;
        var error = name switch
        {
            "Runtime.exceptionThrown" => Describe(parameters["exceptionDetails"]!),
            "Runtime.consoleAPICalled" when (string?)parameters["type"] == "error" =>
                string.Join(' ', parameters["args"]!.AsArray().Select(a => a!["value"] ?? a["description"])),
            "Log.entryAdded" when (string?)parameters["entry"]!["level"] == "error" =>
                $"{parameters["entry"]!["text"]} {parameters["entry"]!["url"]}",
            _ => null,
        };
        if (error is null) return;
        lock (errors) errors.Add(error);
    }

    static string Describe(JsonNode details) =>
        (string?)details["exception"]?["description"] ?? details["exception"]?["value"]?.ToString() ?? details["text"]!.ToString();
}
