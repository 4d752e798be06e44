namespace Workbook.Host.Export.Browser;

/// <summary>The way of messages to a browser and back.</summary>
interface IBrowserWire : IAsyncDisposable
{
    /// <summary>Sends one message.</summary>
    /// <exception cref="BrowserException">The browser is gone.</exception>
    Task SendAsync(byte[] message, CancellationToken cancellation);

    /// <summary>The next message; null when the browser is gone.</summary>
    Task<byte[]?> ReceiveAsync();
}
