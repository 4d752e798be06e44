using System.Net;
using System.Text.Json.Nodes;
using Workbook.Host.Documents;

namespace Workbook.Host.Display;

/// <summary>Turns any value into a mime bundle: text/plain always, text/html where a table says more.</summary>
/// <remarks>
/// What is tried, in this order: a bundle is taken as it is; a type that has been given formatters (see <see cref="RegisteredFormatters"/>)
/// or brings its
/// own (see <see cref="FormatterConvention"/>) is asked for them; a scalar, or anything with a ToString of its own, is text; sequences of
/// objects,
/// dictionaries, matrices and plain objects are tables. Numbers are written in the invariant culture: in full on their own, with six
/// significant digits
/// in lists and tables. Whatever a value's own code does, short of ending the process, there is a bundle: an error in it is shown in its
/// place.
/// </remarks>
static class Formatter
{
    /// <summary>The representations of a value.</summary>
    /// <param name="value">Any value; null is shown as <c>&lt;null&gt;</c>.</param>
    /// <param name="say">Takes what whoever shows the value should know, such as that a formatter of its type failed.</param>
    public static MimeBundle Format(object? value, Action<string>? say = null)
    {
        say ??= _ => { };
        if (value is MimeBundle ready) return Sound(ready, say);
        var bundle = new MimeBundle();
        if (value is not null) RegisteredFormatters.Apply(value, bundle, say);
        if (value is not null && bundle.Items.Count == 0) PlotlyChart.Apply(value, bundle, say);
        if (value is not null && bundle.Items.Count == 0) FormatterConvention.Apply(value, bundle, say);
        try
        {
            Complete(value, bundle);
        }
        catch (Exception e) when (!Safely.IsInterrupt(e))
        {
            say($"{TypeName.Full(value!.GetType())} cannot be shown in full: {Safely.Words(e)}");
            if (bundle["text/plain"] is null) bundle["text/plain"] = $"{TypeName.Of(value.GetType())} <{Safely.Words(e)}>";
        }

        return bundle;
    }

    /// <summary>A bundle that a cell has made may hold what no notebook can.</summary>
    static MimeBundle Sound(MimeBundle bundle, Action<string> say)
    {
        foreach (var (mimeType, node) in bundle.Items.ToList())
        {
            if (MimeText.Problem(node) is not { } problem) continue;
            say($"The representation {mimeType} of a value is left out. {problem}");
            bundle[mimeType] = null;
        }

        if (bundle["text/plain"] is null) bundle["text/plain"] = "";
        return bundle;
    }

    static void Complete(object? value, MimeBundle bundle)
    {
        if (bundle["application/vnd.plotly.v1+json"] is { } figure && bundle["text/plain"] is null
            && (value is null || !Scalar.HasUsefulToString(value.GetType())))
            bundle["text/plain"] = PlotlyChart.Words(figure);
        if (bundle["text/plain"] is not null) return;
        value = Glimpse.Of(value);
        if (bundle.Items.Count == 0 && value is not null && HtmlOf(value) is { } html && html.Length <= Safely.TextLimit)
            bundle["text/html"] = html;
        bundle["text/plain"] = TextOf(value);
    }

    static JsonNode TextOf(object? value)
    {
        if (Scalar.Text(value) is { } text) return text;
        var table = value is System.Collections.IEnumerable ? Tabulator.TableOf(value) : null;
        return Safely.Cut(table?.ToText() ?? Inline.Of(value));
    }

    static string? HtmlOf(object value)
    {
        if (value is Exception error)
            return $"<details><summary>{WebUtility.HtmlEncode(Scalar.Text(error, brief: true))}</summary><pre>{WebUtility.HtmlEncode(Safely.Full(error))}</pre></details>";
        return Scalar.Text(value) is null ? Tabulator.TableOf(value)?.ToHtml() : null;
    }
}
