using System.Text.Json.Nodes;
using Workbook.Host.Jupyter.Wire;

namespace Workbook.Host.Jupyter;

/// <summary>What a kernel says of itself.</summary>
static class KernelInfo
{
    /// <summary>The name under which .NET's own kernel was known. Notebooks name it, and papermill finds by it how C# parameters are written.</summary>
    public const string Name = ".net-csharp";

    /// <summary>The name that front ends show.</summary>
    public const string DisplayName = ".NET (C#)";

    /// <summary>The language as notebooks and papermill name it.</summary>
    public const string Language = "C#";

    static string Version => typeof(KernelInfo).Assembly.GetName().Version!.ToString(3);

    /// <summary>The content of the reply to a kernel_info_request.</summary>
    public static JsonObject Content() => new()
    {
        ["status"] = "ok",
        ["protocol_version"] = MessageCodec.Version,
        ["implementation"] = "workbook",
        ["implementation_version"] = Version,
        ["language_info"] = new JsonObject
        {
            ["name"] = Language,
            ["version"] = Environment.Version.ToString(),
            ["mimetype"] = "text/x-csharp",
            ["file_extension"] = ".cs",
            ["pygments_lexer"] = "csharp",
            ["codemirror_mode"] = "text/x-csharp",
        },
        ["banner"] = $"Workbook {Version}: C# on .NET {Environment.Version}. A name with a question mark, as in Console?, shows what is known of it.",
        ["help_links"] = new JsonArray(new JsonObject { ["text"] = "C#", ["url"] = "https://learn.microsoft.com/dotnet/csharp/" }),
        ["debugger"] = false,
    };
}
