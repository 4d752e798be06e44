using System.Reflection;
using System.Text;

namespace Workbook.Host.Display;

/// <summary>
/// Asks foreign code for texts. What it throws becomes the text: a value that cannot tell what it is must not fail the cell that shows it.
/// </summary>
static class Safely
{
    /// <summary>What a text is cut to. A notebook is for reading; a front end could not draw more.</summary>
    public const int TextLimit = 10_000_000;

    /// <summary>The text that a value's own code makes, or the error that it ends with in angle brackets.</summary>
    public static string Text(Func<string?> make)
    {
        try
        {
            return Cut(make() ?? "");
        }
        catch (Exception e) when (!IsInterrupt(e))
        {
            return $"<{Words(e)}>";
        }
    }

    /// <summary>An exception as type and message.</summary>
    public static string Words(Exception error)
    {
        while (error is TargetInvocationException { InnerException: { } inner }) error = inner;
        return $"{TypeName.Of(error.GetType())}: {Message(error)}";
    }

    /// <summary>The message of an exception, whose own code may throw as well.</summary>
    public static string Message(Exception error)
    {
        try
        {
            return Cut(error.Message ?? "");
        }
        catch (Exception e) when (!IsInterrupt(e))
        {
            return $"(its message cannot be had: {TypeName.Of(e.GetType())})";
        }
    }

    /// <summary>An exception with its stack.</summary>
    public static string Full(Exception error)
    {
        try
        {
            return Cut(error.ToString());
        }
        catch (Exception e) when (!IsInterrupt(e))
        {
            return $"{Words(error)}\n{error.StackTrace}";
        }
    }

    /// <summary>Whether someone ends the cell; that is nobody's fault and must go on to who waits for it.</summary>
    public static bool IsInterrupt(Exception error) => error is ThreadInterruptedException or ThreadAbortException
        || (error is TargetInvocationException && error.InnerException is { } inner && IsInterrupt(inner));

    /// <summary>The text without halves of characters, and no longer than its limit.</summary>
    public static string Cut(string text)
    {
        if (text.Length > TextLimit)
        {
            var end = char.IsHighSurrogate(text[TextLimit - 1]) ? TextLimit - 1 : TextLimit;
            text = string.Create(null, $"{text.AsSpan(0, end)}\n[{text.Length - end:N0} more characters were left out]");
        }

        return HasHalves(text) ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
    }

    static bool HasHalves(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return true;
            i++;
        }

        return false;
    }
}
