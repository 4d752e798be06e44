using System.Globalization;
using System.Text.Json.Nodes;
using Workbook.Host.Documents;

namespace Workbook.Host.Display;

/// <summary>Gives every value its representations.</summary>
internal static class Formatter
{
    /// <summary>The mime bundle of a value; it always has text/plain.</summary>
    public static MimeBundle Format(object? value)
    {
        var bundle = new MimeBundle();
        bundle["text/plain"] = JsonValue.Create(value is null ? "<null>" : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
        return bundle;
    }
}
