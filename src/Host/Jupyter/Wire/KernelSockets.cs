using System.Text;
using System.Text.Json.Nodes;
using Workbook.Host.Jupyter.Zmtp;

namespace Workbook.Host.Jupyter.Wire;

/// <summary>
/// The kernel's five sockets. Any thread may send; what one front end is sent over one socket arrives in the order in which it was sent.
/// </summary>
sealed class KernelSockets : IAsyncDisposable
{
    readonly MessageCodec codec;

    readonly Dictionary<Socket, RouterSocket> routers = [];

    readonly PublisherSocket iopub;

    readonly List<ListeningSocket> all = [];

    Action<Request> received = _ => { };

    /// <summary>Binds the sockets.</summary>
    /// <param name="connection">Where.</param>
    /// <exception cref="IOException">An address cannot be had.</exception>
    public KernelSockets(ConnectionFile connection)
    {
        codec = new MessageCodec(connection.Key);
        var budget = new Budget();
        foreach (var (name, port) in new[] { (Socket.Shell, connection.ShellPort), (Socket.Control, connection.ControlPort),
            (Socket.Stdin, connection.StdinPort) })
            routers[name] = new RouterSocket(connection.Address(port), budget, (_, message) => Receive(name, message));
        iopub = new PublisherSocket(connection.Address(connection.IopubPort), Welcome);

        // Whatever comes to the heartbeat goes back as it is.
        all = [.. routers.Values, iopub,
            new RouterSocket(connection.Address(connection.HbPort), budget, (heart, beat) => heart.Send(beat))];
    }

    /// <summary>Begins to listen.</summary>
    /// <param name="receive">Takes each message that is signed as it should be; it must not wait.</param>
    public void Start(Action<Request> receive)
    {
        received = receive;
        foreach (var socket in all) socket.Start();
    }

    /// <summary>Answers a request.</summary>
    public void Reply(Request request, JsonObject content, string? type = null) =>
        Send(request.Socket, request, type ?? request.ReplyType, content);

    /// <summary>Asks something of the front end that a request came from.</summary>
    public void Ask(Request request, string type, JsonObject content) => Send(Socket.Stdin, request, type, content);

    /// <summary>Tells every front end.</summary>
    /// <param name="parent">The request that led to it; null when none did.</param>
    /// <param name="type">For example stream.</param>
    /// <param name="content">What to tell.</param>
    /// <param name="isOutput">Whether a front end that does not read may lose it, so that it does not fill our memory. What tells how a
    /// request goes on it does not lose.</param>
    public void Publish(Request? parent, string type, JsonObject content, bool isOutput = false) =>
        iopub.Send(Encode([Encoding.UTF8.GetBytes(type)], parent, type, content), isOutput ? lost => LeftOut(parent, lost) : null);

    void Send(Socket socket, Request request, string type, JsonObject content) =>
        routers[socket].Send(Encode(request.Route, request, type, content));

    IReadOnlyList<byte[]> Encode(IReadOnlyList<byte[]> route, Request? parent, string type, JsonObject content) =>
        codec.Encode(route, parent?.Header, type, content);

    IReadOnlyList<byte[]> Welcome(byte[] topic) =>
        codec.Encode([topic], null, "iopub_welcome", new JsonObject { ["subscription"] = Encoding.UTF8.GetString(topic) });

    IReadOnlyList<byte[]> LeftOut(Request? parent, long lost) =>
        Encode(["stream"u8.ToArray()], parent, "stream",
            new JsonObject
            {
                ["name"] = "stderr",
                ["text"] = $"[{lost:N0} outputs before this one were left out: this front end did not read them]\n"
            });

    void Receive(Socket name, IReadOnlyList<byte[]> message)
    {
        try
        {
            received(codec.Decode(name, message));
        }
        catch (RequestException e)
        {
            Console.Error.WriteLine($"A message on the {name.ToString().ToLowerInvariant()} socket was dropped. {e.Message}");
        }
    }

    /// <summary>Sends what is still to be sent and closes the sockets.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var socket in all) await socket.DisposeAsync();
    }
}
