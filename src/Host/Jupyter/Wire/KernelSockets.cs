using System.Text;
using System.Text.Json.Nodes;
using NetMQ;
using NetMQ.Sockets;

namespace Workbook.Host.Jupyter.Wire;

/// <summary>The kernel's five sockets. One thread owns them; any thread may send, and messages leave in the order in which they were sent.</summary>
sealed class KernelSockets : IDisposable
{
    /// <summary>Larger frames are no requests, and must not make the process ask for their memory.</summary>
    const int LargestFrame = 256 << 20;

    static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    readonly MessageCodec codec;

    readonly NetMQQueue<Action> outgoing = new();

    readonly NetMQPoller poller;

    readonly Dictionary<Socket, NetMQSocket> sockets;

    readonly RouterSocket heartbeat;

    readonly Thread thread;

    Action<Request> received = _ => { };

    /// <summary>Binds the sockets.</summary>
    /// <param name="connection">Where.</param>
    /// <exception cref="NetMQException">An address cannot be had.</exception>
    public KernelSockets(ConnectionFile connection)
    {
        codec = new MessageCodec(connection.Key);
        var iopub = new XPublisherSocket();
        iopub.Options.XPubVerbose = true;
        iopub.ReceiveReady += (_, e) => Welcome(e.Socket);
        sockets = new()
        {
            [Socket.Shell] = Bind(Router(), connection.ShellPort),
            [Socket.Control] = Bind(Router(), connection.ControlPort),
            [Socket.Stdin] = Bind(Router(), connection.StdinPort),
            [Socket.Iopub] = Bind(iopub, connection.IopubPort),
        };
        heartbeat = Bind(new RouterSocket(), connection.HbPort);
        poller = [.. sockets.Values, heartbeat, outgoing];
        foreach (var (name, socket) in sockets.Where(s => s.Key != Socket.Iopub)) socket.ReceiveReady += (_, e) => Receive(name, e.Socket);
        heartbeat.ReceiveReady += (_, e) => e.Socket.TrySendMultipartMessage(e.Socket.ReceiveMultipartMessage());
        outgoing.ReceiveReady += (_, e) =>
        {
            while (e.Queue.TryDequeue(out var send, TimeSpan.Zero)) send();
        };
        thread = new Thread(poller.Run) { Name = "sockets", IsBackground = true };

        // A front end that connects again under its name is to be answered on its new connection.
        static RouterSocket Router()
        {
            var router = new RouterSocket();
            router.Options.RouterHandover = true;
            return router;
        }

        // A publisher that is slower read than written would drop messages beyond a limit, and with them outputs.
        T Bind<T>(T socket, int port)
            where T : NetMQSocket
        {
            socket.Options.SendHighWatermark = 0;
            socket.Options.ReceiveHighWatermark = 0;
            socket.Options.MaxMsgSize = LargestFrame;
            socket.Options.Linger = Farewell;
            socket.Bind(connection.Address(port));
            return socket;
        }
    }

    /// <summary>Begins to listen.</summary>
    /// <param name="receive">Takes each message that is signed as it should be; it must not wait.</param>
    public void Start(Action<Request> receive)
    {
        received = receive;
        thread.Start();
    }

    /// <summary>Answers a request.</summary>
    public void Reply(Request request, JsonObject content, string? type = null) => Send(request.Socket, request.Route, request.Header, type ?? request.ReplyType, content);

    /// <summary>Asks something of the front end that a request came from.</summary>
    public void Ask(Request request, string type, JsonObject content) => Send(Socket.Stdin, request.Route, request.Header, type, content);

    /// <summary>Tells every front end.</summary>
    /// <param name="parent">The request that led to it; null when none did.</param>
    /// <param name="type">For example stream.</param>
    /// <param name="content">What to tell.</param>
    public void Publish(Request? parent, string type, JsonObject content) => Send(Socket.Iopub, [Encoding.UTF8.GetBytes(type)], parent?.Header, type, content);

    void Send(Socket socket, IReadOnlyList<byte[]> route, byte[]? parent, string type, JsonObject content)
    {
        var message = codec.Encode(route, parent, type, content);
        outgoing.Enqueue(() => sockets[socket].TrySendMultipartMessage(message));
    }

    /// <summary>Tells a front end that has begun to listen that it hears everything from here on; so it goes out ahead of what waits.</summary>
    void Welcome(NetMQSocket iopub)
    {
        if (iopub.ReceiveFrameBytes() is not [1, .. var topic]) return;
        var content = new JsonObject { ["subscription"] = Encoding.UTF8.GetString(topic) };
        iopub.TrySendMultipartMessage(codec.Encode([topic], null, "iopub_welcome", content));
    }

    void Receive(Socket name, NetMQSocket socket)
    {
        var message = socket.ReceiveMultipartMessage();
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
    public void Dispose()
    {
        outgoing.Enqueue(poller.StopAsync);
        thread.Join();
        poller.Dispose();
        foreach (var socket in sockets.Values.Append(heartbeat)) socket.Dispose();
        outgoing.Dispose();
        NetMQConfig.Cleanup(block: true);
    }
}
