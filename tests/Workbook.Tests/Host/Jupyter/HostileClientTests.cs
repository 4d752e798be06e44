using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Xunit;

namespace Workbook.Tests.Host.Jupyter;

[Trait("speed", "slow")]
public sealed class HostileClientTests(KernelFixture fixture) : IClassFixture<KernelFixture>
{
    readonly KernelClient client = fixture.Client;

    [Fact]
    public async Task A_message_that_is_signed_with_another_key_is_dropped_and_logged()
    {
        var forged = client.Send("shell", "execute_request", new() { ["code"] = "System.IO.File.WriteAllText(\"forged\", \"\")" },
            key: "another");
        var replaced = client.Send("control", "shutdown_request", [], key: "");
        await client.SaidAsync(
            "A message on the shell socket was dropped. Expected the signature of the connection file's key. Received: another.");
        await client.SaidAsync("A message on the control socket was dropped.");
        Assert.Equal("2", (await client.ExecuteAsync("2")).Outputs.Single().Text);
        Assert.Empty(client.Published(forged).Concat(client.Published(replaced)));
        Assert.False(File.Exists(fixture.Sandbox.At("forged")));
    }

    [Theory]
    [InlineData("shell")]
    [InlineData("control")]
    [InlineData("stdin")]
    public async Task Frames_that_are_no_message_do_no_harm(string socket)
    {
        client.SendFrames(socket, "");
        client.SendFrames(socket, "<IDS|MSG>");
        client.SendFrames(socket, "<IDS|MSG>", "x", "y");
        client.SendFrames(socket, "<IDS|MSG>", "x", "{}", "{}", "{}", "{}");
        client.SendFrames(socket, "a", "b", "c", "d", "e", "f", "g", "h");
        await client.SaidAsync($"A message on the {socket} socket was dropped.");
        Assert.Equal("3", (await client.ExecuteAsync("3")).Outputs.Single().Text);
    }

    [Theory]
    [InlineData("""{"msg_type":5}""", "{}")]
    [InlineData("{}", "{}")]
    [InlineData("[]", "{}")]
    [InlineData("""{"msg_type":"a","msg_type":"b"}""", "{}")]
    [InlineData("""{"msg_type":"execute_request"}""", "null")]
    [InlineData("""{"msg_type":"execute_request"}""", "{\"code\":")]
    [InlineData("""{"msg_type":"execute_request"}""", "{\"code\":\"\\ud800\"}")]
    [InlineData("""{"msg_type":"execute_request"}""", "{\"code\":{},\"silent\":7}")]
    public async Task Signed_nonsense_does_no_harm(string header, string content)
    {
        client.SendParts("shell", header, "{}", "{}", content);
        Assert.Equal("4", (await client.ExecuteAsync("4")).Outputs.Single().Text);
    }

    /// <summary>Each kind of message with each content that it does not expect: 270 on three sockets.</summary>
    [Fact]
    public async Task Signed_messages_of_every_kind_with_a_content_that_is_none_do_no_harm()
    {
        string[] kinds =
        [
            "kernel_info_request", "execute_request", "complete_request", "inspect_request", "is_complete_request", "history_request",
            "comm_info_request", "comm_open", "comm_msg", "comm_close", "debug_request", "input_reply", "create_subshell_request",
            "list_subshell_request", "no_such_request",
        ];
        string[] contents =
        [
            "null", "[]", "5", "\"x\"", """{"code":7,"cursor_pos":"x","detail_level":{},"silent":[],"user_expressions":1,"value":{}}""",
            """{"code":"1","cursor_pos":-9,"detail_level":99,"hist_access_type":{},"n":1e99,"comm_id":[],"target_name":5,"data":"x"}""",
        ];
        var sent = 0;
        foreach (var socket in new[] { "shell", "control", "stdin" })
            foreach (var kind in kinds)
                foreach (var content in contents)
                    client.SendParts(socket, $$"""{"msg_id":"{{sent++}}","session":"s","msg_type":"{{kind}}"}""", "{}", "{}", content);
        Assert.Equal(270, sent);
        Assert.Equal("8", (await client.ExecuteAsync("8")).Outputs.Single().Text);
        Assert.False(client.Process.HasExited);
    }

    [Theory]
    [InlineData("shell")]
    [InlineData("control")]
    [InlineData("stdin")]
    [InlineData("iopub")]
    [InlineData("hb")]
    public async Task Bytes_that_are_no_frames_do_no_harm(string socket)
    {
        // The second is a greeting as it should be, and then a frame that claims to be as long as can be.
        byte[] greeting = [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 0, .. "NULL"u8, .. new byte[48]];
        byte[][] nonsense =
        [
            RandomNumberGenerator.GetBytes(1000),
            [.. greeting, 2, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3],
            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(),
            [],
        ];
        foreach (var bytes in nonsense)
        {
            using var tcp = new TcpClient();
            await tcp.ConnectAsync(IPAddress.Loopback, client.Ports[socket], TestContext.Current.CancellationToken);
            await tcp.GetStream().WriteAsync(bytes, TestContext.Current.CancellationToken);
        }

        Assert.Equal("5", (await client.ExecuteAsync("5")).Outputs.Single().Text);
        client.SendFrames("hb", "beat after " + socket);
        await client.WaitAsync(m => m.Socket == "hb" && m.Text == "beat after " + socket);
    }

    [Fact]
    public async Task A_message_that_was_overheard_has_no_effect_a_second_time()
    {
        var header =
            $$"""{"msg_id":"{{Guid.NewGuid()}}","session":"s","username":"u","date":"2026-01-01T00:00:00Z","msg_type":"execute_request","version":"5.3"}""";
        for (var i = 0; i < 5; i++)
            client.SendParts("shell", header, "{}", "{}", """{"code":"System.IO.File.AppendAllText(\"replayed\", \"x\");"}""");
        await client.SaidAsync("Expected a new message. Received: one that has come before.");
        await client.ExecuteAsync("6");
        Assert.Equal("x", File.ReadAllText(fixture.Sandbox.At("replayed")));
    }

    [Fact]
    public void Only_this_computer_can_reach_the_sockets()
    {
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(l => client.Ports.Values.Contains(l.Port))
            .ToList();
        Assert.Equal(5, listeners.Count);
        Assert.All(listeners, l => Assert.True(IPAddress.IsLoopback(l.Address), $"{l}"));
    }

    [Theory]
    [InlineData("ip", "0.0.0.0", "expected an address of this computer itself")]
    [InlineData("ip", "*", "expected an address of this computer itself")]
    [InlineData("transport", "ipc", "expected the transport tcp. Received: ipc")]
    [InlineData("signature_scheme", "hmac-md5", "expected the signature scheme hmac-sha256. Received: hmac-md5")]
    [InlineData("shell_port", null, "expected a Jupyter connection file")]
    [InlineData("shell_port", "99999", "expected shell_port to be a port from 1 to 65535. Received: 99999")]
    [InlineData("hb_port", "-1", "expected hb_port to be a port from 1 to 65535. Received: -1")]
    [InlineData("iopub_port", "0", "expected iopub_port to be a port")]
    [InlineData("iopub_port", "2", "Received: 2 for control_port and iopub_port")]
    [InlineData("curve_publickey", "0123456789012345678901234567890123456789", "Received: keys for CurveZMQ")]
    public void A_connection_file_that_asks_for_something_else_is_refused(string key, string? value, string expected)
    {
        var file = new JsonObject
        { ["shell_port"] = 1, ["control_port"] = 2, ["iopub_port"] = 3, ["stdin_port"] = 4, ["hb_port"] = 5, ["ip"] = "127.0.0.1" };
        if (key == "curve_publickey") file["curve_secretkey"] = value;
        if (value is null) file.Remove(key);
        else file[key] = key.EndsWith("_port", StringComparison.Ordinal) ? int.Parse(value) : value;
        using var sandbox = new Sandbox();
        sandbox.Write("connection.json", file.ToJsonString());
        var (exitCode, _, errors) = sandbox.Run("jupyter", "start", "connection.json");
        Assert.Equal(2, exitCode);
        Assert.Contains(expected, errors);
    }

    [Theory]
    [InlineData("", UnixFileMode.UserRead, "expected a key. Received: none")]
    [InlineData("k", UnixFileMode.UserRead | UnixFileMode.OtherRead, "expected a file for its owner only")]
    [InlineData("k", UnixFileMode.UserRead | UnixFileMode.GroupWrite, "expected a file for its owner only")]
    public void A_connection_file_that_lets_others_in_is_said_to(string key, UnixFileMode mode, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files have no such modes there.");
        if (OperatingSystem.IsWindows()) return;
        using var sandbox = new Sandbox();
        var path = sandbox.Write("connection.json",
            $$"""{"shell_port":1,"control_port":2,"iopub_port":3,"stdin_port":4,"hb_port":5,"ip":"localhost","key":"{{key}}"}""");
        File.SetUnixFileMode(path, mode);
        var file = Workbook.Host.Jupyter.Wire.ConnectionFile.Read(path);
        Assert.Contains(expected, Assert.Single(file.Notices(path)));
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 1), file.Address(file.ShellPort));
    }
}
