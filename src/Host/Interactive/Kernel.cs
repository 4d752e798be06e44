using System.ComponentModel;
using Workbook.Host.Documents;
using Workbook.Host.Sessions;

namespace Microsoft.DotNet.Interactive;

/// <summary>What every cell has in scope to show and to ask. Names and behaviour are those of .NET Interactive.</summary>
public static class Kernel
{
    /// <summary>Shows a value at once.</summary>
    /// <param name="value">The value; null shows as <c>&lt;null&gt;</c>.</param>
    /// <param name="mimeTypes">The representations to keep beside text/plain; none given keeps all. A string with one type is shown as that
    /// type, unchanged.</param>
    /// <returns>A handle that replaces what is shown.</returns>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => new(Displays.Show(value, mimeTypes), mimeTypes);

    /// <summary>A text that shows as HTML, unchanged, when it is displayed or ends a cell.</summary>
    /// <param name="content">The markup.</param>
    public static MimeBundle HTML(string content) => Displays.Bundle(content, ["text/html"]);

    /// <summary>Shows a script at once; a front end that allows scripts runs it.</summary>
    /// <param name="scriptContent">The script.</param>
    public static void Javascript(string scriptContent) => display(HTML($"<script type=\"text/javascript\">{scriptContent}</script>"));

    /// <summary>Shows a style sheet at once; a front end that allows them applies it.</summary>
    /// <param name="content">The rules.</param>
    public static void CSS(string content) => display(HTML($"<style>{content}</style>"));

    /// <summary>Asks whoever sits before the notebook for a line.</summary>
    /// <param name="prompt">What is asked.</param>
    /// <param name="typeHint">What kind of answer is wanted; front ends of Jupyter ask for a line whatever it says.</param>
    /// <exception cref="InvalidOperationException">Nobody sits there, as in a run.</exception>
    public static Task<string> GetInputAsync(string prompt = "", string typeHint = "text") =>
        Task.FromResult(SessionInput.Ask(prompt, typeHint == "password"));

    /// <summary>Asks for a line that is not shown while it is typed.</summary>
    /// <param name="prompt">What is asked.</param>
    /// <exception cref="InvalidOperationException">Nobody sits there, as in a run.</exception>
    public static Task<PasswordString> GetPasswordAsync(string prompt = "") =>
        Task.FromResult(new PasswordString(SessionInput.Ask(prompt, true)));

    /// <summary>Not here.</summary>
    [Obsolete("Kernel.Root is not here: this host has no kernels to send commands to. Write the code itself in a cell.", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static object Root => throw new NotSupportedException();

    /// <summary>Not here.</summary>
    [Obsolete("Kernel.Current is not here: this host has no kernels to send commands to. Write the code itself in a cell.", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static object Current => throw new NotSupportedException();
}
