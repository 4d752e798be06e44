using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Workbook.Host.Jupyter.Wire;

namespace Workbook.Host.Jupyter;

/// <summary>What a kernel says of itself.</summary>
static class KernelInfo
{
    static string Version => typeof(KernelInfo).Assembly.GetName().Version!.ToString(3);

    /// <summary>The content of the reply to a kernel_info_request.</summary>
    public static JsonObject Content() => new()
    {
        ["status"] = "ok",
        ["protocol_version"] = MessageCodec.Version,
        ["implementation"] = "workbook",
        ["implementation_version"] = Version,
        ["language_info"] = CSharpKernel.LanguageInfo(),
        ["banner"] =
            $"Workbook {Version}: C# on .NET {Environment.Version}. "
                + "A name with a question mark, as in Console?, shows what is known of it.",
        ["help_links"] = new JsonArray(new JsonObject { ["text"] = "C#", ["url"] = "https://learn.microsoft.com/dotnet/csharp/" }),
        ["debugger"] = false,
    };
}
