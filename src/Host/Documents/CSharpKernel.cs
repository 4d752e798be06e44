using System.Text.Json.Nodes;

namespace Workbook.Host.Documents;

/// <summary>What notebooks and front ends know the C# kernel by. Editors choose the kernel, and colour its cells, by these words.</summary>
static class CSharpKernel
{
    /// <summary>
    /// The name under which .NET's own kernel was known. Notebooks name it, and papermill finds by it how C# parameters are written.
    /// </summary>
    public const string Name = ".net-csharp";

    /// <summary>The name that front ends show.</summary>
    public const string DisplayName = ".NET (C#)";

    /// <summary>
    /// The language as notebooks and papermill name it. VS Code gives every cell this language, and runs only cells whose language a kernel
    /// serves.
    /// </summary>
    public const string Language = "C#";

    /// <summary>The kernelspec of a notebook.</summary>
    public static JsonObject Spec() => new() { ["display_name"] = DisplayName, ["language"] = Language, ["name"] = Name };

    /// <summary>The language_info of a notebook, and of the kernel's own answer.</summary>
    /// <remarks>
    /// The same to the letter: JupyterLab puts the kernel's into the notebook when it opens one, and where they differ it shows a notebook
    /// that nobody has changed as unsaved. So the version is that of the language, not that of the runtime of today.
    /// </remarks>
    public static JsonObject LanguageInfo() => new()
    {
        ["codemirror_mode"] = "text/x-csharp",
        ["file_extension"] = ".cs",
        ["mimetype"] = "text/x-csharp",
        ["name"] = Language,
        ["pygments_lexer"] = "csharp",
        ["version"] = "14.0",
    };
}
