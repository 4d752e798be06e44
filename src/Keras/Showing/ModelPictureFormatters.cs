namespace Workbook.Keras;

/// <summary>How notebooks show a <see cref="ModelPicture"/>; they find this class, and what it makes, by name.</summary>
sealed class ModelPictureFormatters
{
    public static IEnumerable<object> CreateTypeFormatters() =>
        [new As("image/svg+xml", p => p.Svg), new As("text/plain", p => p.ToString())];

    /// <summary>Writes a picture in one mime type.</summary>
    sealed class As(string mimeType, Func<ModelPicture, string> text)
    {
        public string MimeType { get; } = mimeType;

        public bool Format(object instance, TextWriter writer)
        {
            if (instance is not ModelPicture picture) return false;
            writer.Write(text(picture));
            return true;
        }
    }
}

/// <summary>Names the class that knows how a value looks in a notebook. Convention: .NET Interactive's attribute of this name.</summary>
[AttributeUsage(AttributeTargets.Class)]
sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The mime types to show, best first.</summary>
    public string[] PreferredMimeTypes { get; set; } = ["image/svg+xml", "text/plain"];
}
