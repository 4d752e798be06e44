namespace Workbook.Host.Export.Browser;

/// <summary>
/// Messages over two pipes, each ended by a zero byte. Nobody else can connect to such a browser, and it ends when its pipes do, so none
/// outlives the
/// process that has started it.
/// </summary>
/// <param name="output">To the browser.</param>
/// <param name="input">From it.</param>
sealed class PipeWire(Stream output, Stream input) : IBrowserWire
{
    readonly byte[] buffer = new byte[1 << 16];

    readonly MemoryStream begun = new();

    int start;

    int end;

    /// <inheritdoc/>
    public async Task SendAsync(byte[] message, CancellationToken cancellation)
    {
        try
        {
            await output.WriteAsync((byte[])[.. message, 0], cancellation);
            await output.FlushAsync(cancellation);
        }
        catch (IOException error)
        {
            throw new BrowserException($"The browser went away: {error.Message}");
        }
    }

    /// <inheritdoc/>
    public async Task<byte[]?> ReceiveAsync()
    {
        begun.SetLength(0);
        while (true)
        {
            var at = Array.IndexOf(buffer, (byte)0, start, end - start);
            begun.Write(buffer, start, (at < 0 ? end : at) - start);
            start = at < 0 ? end : at + 1;
            if (at >= 0) return begun.ToArray();
            (start, end) = (0, await ReadAsync());
            if (end == 0) return null;
        }
    }

    async Task<int> ReadAsync()
    {
        try
        {
            return await input.ReadAsync(buffer);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return 0;
        }
    }

    /// <summary>Closes both pipes, and with them the browser.</summary>
    public async ValueTask DisposeAsync()
    {
        await output.DisposeAsync();
        await input.DisposeAsync();
    }
}
