using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Workbook.Host.Files;

namespace Workbook.Host.Jupyter.Wire;

/// <summary>
/// Where a front end wants its kernel to listen, and the key that both sign with. Keys of the file that are not named here are ignored.
/// </summary>
sealed partial record ConnectionFile
{
    const string Localhost = "localhost";

    /// <summary>Address of the computer itself.</summary>
    public string Ip { get; set; } = "127.0.0.1";

    /// <summary>Only tcp.</summary>
    public string Transport { get; set; } = "tcp";

    /// <summary>Only hmac-sha256.</summary>
    public string SignatureScheme { get; set; } = "hmac-sha256";

    /// <summary>The key; empty where nobody signs.</summary>
    public string Key { get; set; } = "";

    /// <summary>Requests come here, one after the other.</summary>
    public required int ShellPort { get; init; }

    /// <summary>Requests that must not wait for a running cell come here.</summary>
    public required int ControlPort { get; init; }

    /// <summary>Outputs and states go out here.</summary>
    public required int IopubPort { get; init; }

    /// <summary>A cell asks here for input.</summary>
    public required int StdinPort { get; init; }

    /// <summary>Whatever comes here is sent back.</summary>
    public required int HbPort { get; init; }

    /// <summary>Where a front end wants encryption, its server's key for others to know.</summary>
    public string? CurvePublickey { get; init; }

    /// <summary>Where a front end wants encryption, its server's key for the kernel to keep.</summary>
    public string? CurveSecretkey { get; init; }

    /// <summary>Reads a connection file.</summary>
    /// <exception cref="FormatException">It is no connection file, or asks for what this kernel does not do.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ConnectionFile Read(string path)
    {
        ConnectionFile? file;
        try
        {
            file = JsonSerializer.Deserialize(RegularFile.Read(path), FileJson.Default.ConnectionFile);
        }
        catch (JsonException e)
        {
            throw new FormatException($"{path}: expected a Jupyter connection file. Received: something else: {e.Message}");
        }

        if (file is null) throw new FormatException($"{path}: expected a Jupyter connection file. Received: null.");
        if (file.Transport != "tcp") throw new FormatException($"{path}: expected the transport tcp. Received: {file.Transport}.");
        if (file.SignatureScheme != "hmac-sha256")
            throw new FormatException($"{path}: expected the signature scheme hmac-sha256. Received: {file.SignatureScheme}.");

        if (file is { CurvePublickey.Length: > 0, CurveSecretkey.Length: > 0 })
            throw new FormatException(
                $"{path}: expected sockets without encryption. Received: keys for CurveZMQ. "
                    + "This kernel does not encrypt and listens to this computer only. Leave out curve_publickey and curve_secretkey.");
        foreach (var (name, port) in file.Ports)
            if (port is < 1 or > IPEndPoint.MaxPort)
                throw new FormatException($"{path}: expected {name} to be a port from 1 to {IPEndPoint.MaxPort}. Received: {port}.");
        if (file.Ports.GroupBy(p => p.Port).FirstOrDefault(g => g.Count() > 1) is { } same)
            throw new FormatException(
                $"{path}: expected five ports. Received: {same.Key} for {string.Join(" and ", same.Select(p => p.Name))}.");

        // Whoever reaches the kernel can run code as this user, and nothing is encrypted.
        if (file.Ip != Localhost && (!IPAddress.TryParse(file.Ip, out var address) || !IPAddress.IsLoopback(address)))
            throw new FormatException(
                $"{path}: expected an address of this computer itself, such as 127.0.0.1. Received: {file.Ip}. "
                    + "A kernel is not to be reached from a network.");
        return file;
    }

    /// <summary>The address for one of the ports.</summary>
    public IPEndPoint Address(int port) => new(Ip == Localhost ? IPAddress.Loopback : IPAddress.Parse(Ip), port);

    /// <summary>What others can do with the kernel that they could not if the file were as it should be.</summary>
    /// <param name="path">The file.</param>
    public IEnumerable<string> Notices(string path)
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (Key.Length == 0)
            yield return $"{path}: expected a key. Received: none. Whoever can connect to this computer's ports can run code as you.";
        else if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & others) != 0)
            yield return $"{path}: expected a file for its owner only, since it holds the key; others may read or write it, and then run "
                + "code as you. Set its mode to 600.";
    }

    (string Name, int Port)[] Ports =>
        [("shell_port", ShellPort), ("control_port", ControlPort), ("iopub_port", IopubPort), ("stdin_port", StdinPort),
            ("hb_port", HbPort)];

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(ConnectionFile))]
    sealed partial class FileJson : JsonSerializerContext;
}
