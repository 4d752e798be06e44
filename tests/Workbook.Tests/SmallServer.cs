using System.Collections.Concurrent;
using System.Net;

namespace Workbook.Tests;

/// <summary>A server on this computer that remembers what it was asked for. It has a page at its root; all else a browser may take for a
/// script.</summary>
sealed class SmallServer : IDisposable
{
    readonly HttpListener server = new();

    readonly ConcurrentQueue<string> asked = [];

    /// <summary>Starts it.</summary>
    /// <param name="answer">From a path to what lies there; null where there is nothing.</param>
    public SmallServer(Func<string, byte[]?> answer)
    {
        Address = $"http://127.0.0.1:{Ports.Take()}";
        server.Prefixes.Add(Address + "/");
        server.Start();
        _ = Task.Run(() => ServeAsync(answer));
    }

    /// <summary>Without a slash at its end.</summary>
    public string Address { get; }

    /// <summary>The paths that were asked for so far.</summary>
    public IReadOnlyCollection<string> Asked => asked;

    async Task ServeAsync(Func<string, byte[]?> answer)
    {
        while (server.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await server.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var path = context.Request.Url!.AbsolutePath;
            asked.Enqueue(path);
            var body = answer(path);
            context.Response.ContentType = path == "/" ? "text/html; charset=utf-8" : "text/javascript; charset=utf-8";
            context.Response.StatusCode = body is null ? 404 : 200;
            try
            {
                context.Response.Close(body ?? [], willBlock: true);
            }
            catch (HttpListenerException)
            {
                // Who asked is gone; others may come.
            }
        }
    }

    public void Dispose() => server.Close();
}
