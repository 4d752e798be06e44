using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Workbook.Host.Files;
using Workbook.Host.Processes;

namespace Workbook.Host.Jupyter;

/// <summary>The folder that tells Jupyter of this kernel: one of its own under the user's data of Jupyter.</summary>
/// <param name="Name">The kernel's name: letters, digits, dot, hyphen, underscore.</param>
sealed record KernelSpec(string Name)
{
    const string Mark = "workbook";

    /// <summary>Where Jupyter looks for the kernels of this user.</summary>
    public static string Root => Path.Combine(DataFolder(), "kernels");

    /// <summary>The kernel's folder.</summary>
    public string Folder => Path.Combine(Root, Name.ToLowerInvariant());

    string File => Path.Combine(Folder, "kernel.json");

    /// <summary>Whether a kernel of this name is there, and whether it is this program's.</summary>
    public (bool Exists, bool IsOurs) State =>
        System.IO.File.Exists(File) ? (true, Read()?["metadata"]?[Mark] is not null) : (Directory.Exists(Folder), false);

    /// <summary>Writes the folder. The kernel starts this program where it lies now, so it may be rebuilt, but not moved.</summary>
    /// <param name="displayName">The name that front ends show.</param>
    public void Install(string displayName)
    {
        Directory.CreateDirectory(Folder);
        var spec = new JsonObject
        {
            ["argv"] = new JsonArray(HostCommand.Dotnet(), typeof(KernelSpec).Assembly.Location, "jupyter", "start", "{connection_file}"),
            ["display_name"] = displayName,
            ["language"] = CSharpKernel.Language,
            ["interrupt_mode"] = "message",
            ["metadata"] = new JsonObject { [Mark] = typeof(KernelSpec).Assembly.GetName().Version!.ToString(3) },
        };
        System.IO.File.WriteAllText(File, NotebookJson.Line(spec) + "\n", new UTF8Encoding(false));
    }

    /// <summary>Removes the folder.</summary>
    public void Uninstall() => Directory.Delete(Folder, recursive: true);

    JsonNode? Read()
    {
        try
        {
            return JsonNode.Parse(RegularFile.Text(File));
        }
        catch (JsonException)
        {
            // Someone else's broken file is not this program's.
            return null;
        }
    }

    /// <summary>As Jupyter itself finds it.</summary>
    static string DataFolder()
    {
        static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (Variable("JUPYTER_DATA_DIR") is { } named) return named;
        if (OperatingSystem.IsMacOS()) return Path.Combine(home, "Library", "Jupyter");
        if (OperatingSystem.IsWindows())
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter");
        return Path.Combine(Variable("XDG_DATA_HOME") ?? Path.Combine(home, ".local", "share"), "jupyter");
    }
}
