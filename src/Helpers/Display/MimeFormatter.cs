namespace Workbook.Helpers;

/// <summary>Writes values of one type in one mime type; hosts find both members by name.</summary>
sealed class MimeFormatter<T>(string mimeType, Func<T, string> text)
{
    /// <summary>The mime type that <see cref="Format"/> writes.</summary>
    public string MimeType { get; } = mimeType;

    /// <summary>Writes a value; false when it is of another type.</summary>
    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not T value) return false;
        writer.Write(text(value));
        return true;
    }
}
