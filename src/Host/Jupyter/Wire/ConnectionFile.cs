using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workbook.Host.Jupyter.Wire;

/// <summary>Where a front end wants its kernel to listen, and the key that both sign with. Keys of the file that are not named here are ignored.</summary>
sealed partial record ConnectionFile
{
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

    /// <summary>Reads a connection file.</summary>
    /// <exception cref="FormatException">It is no connection file, or asks for what this kernel does not do.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ConnectionFile Read(string path)
    {
        ConnectionFile? file;
        try
        {
            file = JsonSerializer.Deserialize(File.ReadAllBytes(path), FileJson.Default.ConnectionFile);
        }
        catch (JsonException e)
        {
            throw new FormatException($"{path}: expected a Jupyter connection file; received something else: {e.Message}");
        }

        if (file is null) throw new FormatException($"{path}: expected a Jupyter connection file; received null.");
        if (file.Transport != "tcp") throw new FormatException($"{path}: expected the transport tcp; received {file.Transport}.");
        if (file.SignatureScheme != "hmac-sha256") throw new FormatException($"{path}: expected the signature scheme hmac-sha256; received {file.SignatureScheme}.");

        // Whoever reaches the kernel can run code as this user, and nothing is encrypted.
        if (!IPAddress.TryParse(file.Ip, out var address) || !IPAddress.IsLoopback(address))
            throw new FormatException($"{path}: expected an address of this computer itself, such as 127.0.0.1; received {file.Ip}. A kernel is not to be reached from a network.");
        return file;
    }

    /// <summary>The address for one of the ports.</summary>
    public string Address(int port) => Ip.Contains(':') ? $"tcp://[{Ip}]:{port}" : $"tcp://{Ip}:{port}";

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(ConnectionFile))]
    sealed partial class FileJson : JsonSerializerContext;
}
