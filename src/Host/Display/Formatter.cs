using System.Net;
using System.Text.Json.Nodes;
using Workbook.Host.Documents;

namespace Workbook.Host.Display;

/// <summary>Turns any value into a mime bundle: text/plain always, text/html where a table says more.</summary>
/// <remarks>
/// What is tried, in this order: a bundle is taken as it is; a type that brings its own formatters (see <see cref="FormatterConvention"/>) is
/// asked for them; a scalar, or anything with a ToString of its own, is text; sequences of objects, dictionaries, matrices and plain objects are tables.
/// Numbers are written in the invariant culture: in full on their own, with six significant digits in lists and tables.
/// </remarks>
static class Formatter
{
    /// <summary>The representations of a value.</summary>
    /// <param name="value">Any value; null is shown as <c>&lt;null&gt;</c>.</param>
    /// <exception cref="FormatterConventionException">The value's type names a formatter source that does not keep the convention.</exception>
    public static MimeBundle Format(object? value)
    {
        if (value is MimeBundle ready) return ready;
        var bundle = new MimeBundle();
        if (value is not null) FormatterConvention.Apply(value, bundle);
        value = Glimpse.Of(value);
        if (bundle.Items.Count == 0 && value is not null && HtmlOf(value) is { } html) bundle["text/html"] = html;
        if (bundle["text/plain"] is null) bundle["text/plain"] = TextOf(value);
        return bundle;
    }

    static JsonNode TextOf(object? value)
    {
        if (Scalar.Text(value) is { } text) return text;
        var table = value is System.Collections.IEnumerable ? Tabulator.TableOf(value) : null;
        return table?.ToText() ?? Inline.Of(value);
    }

    static string? HtmlOf(object value)
    {
        if (value is Exception error)
            return $"<details><summary>{WebUtility.HtmlEncode(Scalar.Text(error, brief: true))}</summary><pre>{WebUtility.HtmlEncode(error.ToString())}</pre></details>";
        return Scalar.Text(value) is null ? Tabulator.TableOf(value)?.ToHtml() : null;
    }
}
