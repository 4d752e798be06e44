using System.Collections.Concurrent;
using System.Net;

namespace Workbook.Tests.Host.Export;

/// <summary>A server on this computer that remembers what it was asked for, and gives a script whatever it is.</summary>
sealed class Listener : IDisposable
{
    readonly HttpListener server = new();

    readonly ConcurrentQueue<string> asked = [];

    public Listener()
    {
        Address = $"http://127.0.0.1:{Ports.Take()}";
        server.Prefixes.Add(Address + "/");
        server.Start();
        _ = Task.Run(ServeAsync);
    }

    /// <summary>Without a slash at its end.</summary>
    public string Address { get; }

    /// <summary>The paths that were asked for so far.</summary>
    public IReadOnlyCollection<string> Asked => asked;

    async Task ServeAsync()
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

            asked.Enqueue(context.Request.Url!.AbsolutePath);
            context.Response.ContentType = "text/javascript";
            context.Response.Close("window.hacked = ['loaded']"u8.ToArray(), willBlock: true);
        }
    }

    public void Dispose() => server.Close();
}
