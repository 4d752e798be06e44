using System.Text.Json.Nodes;
using Workbook.Host.Documents;

namespace Workbook.Host.Export.Markdown;

/// <summary>The pictures that the text of one page names: each becomes part of the page, from whichever place it comes.</summary>
/// <param name="state">What the parts of the page share.</param>
sealed class PagePictures(PageState state)
{
    /// <summary>How much all pictures of a page may be, in bytes. A page of more does not open in a browser.</summary>
    const int Limit = 50 << 20;

    int used;

    /// <summary>The address under which a page shows a picture; null when it cannot, which is noted.</summary>
    /// <param name="address">As the notebook names it.</param>
    /// <param name="attachments">What the cell carries with it; null for nothing.</param>
    /// <param name="place">Where it stands, for the note.</param>
    public string? Resolve(string address, JsonObject? attachments, PagePlace place)
    {
        var (found, problem) = Find(address.Trim(), attachments);
        if (found?.Length > Limit - used)
            (found, problem) = (null, $"is left out: the pictures of a page together may have {Limit >> 20} MiB");
        if (found?.StartsWith("data:", StringComparison.Ordinal) == true) used += found.Length;
        if (problem is not null) state.Note("picture", place, $"the picture {Short(address)} {problem}.");
        return found;
    }

    (string? Address, string? Problem) Find(string address, JsonObject? attachments)
    {
        switch (SafeLink.Scheme(address)?.ToLowerInvariant())
        {
            case "attachment":
                var name = Uri.UnescapeDataString(address[(address.IndexOf(':') + 1)..]);
                return Attached((attachments?[name] ?? attachments?[address[(address.IndexOf(':') + 1)..]]) as JsonObject);
            case "data":
                return address.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase) ? (address, null)
                    : (null, "is data but no picture");
            case "http" or "https":
                return Remote(address);
            case null when address.StartsWith("//", StringComparison.Ordinal):
                return Remote(address);
            case null when address.Length == 0:
                return (null, "has no address");
            case null when state.Folder is null:
                return (address, null);
            case null:
                var (bytes, problem) = FolderPicture.Read(state.Folder!, address);
                return bytes is null ? (null, problem) : (DataAddress.Of(bytes), null);
            default:
                return (null, "has an address that is no picture's");
        }
    }

    (string? Address, string? Problem) Remote(string address)
    {
        if (state.IsSanitized) return (null, "lies on the network; a sanitized page loads nothing");
        state.Policy.AllowRemote();
        return (address, null);
    }

    static (string? Address, string? Problem) Attached(JsonObject? bundle)
    {
        if (bundle is null) return (null, "is not among the attachments of its cell");
        var address = bundle.Where(t => t.Key.StartsWith("image/", StringComparison.Ordinal))
            .Select(t => Of(t.Key, NotebookJson.Text(t.Value) ?? "")).FirstOrDefault(a => a is not null);
        return address is null ? (null, "is an attachment that is no picture") : (address, null);
    }

    /// <summary>A type that a notebook names gets into the page only if it is one of those that pages know.</summary>
    static string? Of(string mimeType, string text) => mimeType switch
    {
        "image/svg+xml" when text.TrimStart().StartsWith('<') => DataAddress.Of(mimeType, System.Text.Encoding.UTF8.GetBytes(text)),
        "image/png" or "image/jpeg" or "image/gif" or "image/webp" or "image/avif" or "image/bmp"
            or "image/svg+xml" => DataAddress.OfBase64(mimeType, text),
        _ => null,
    };

    static string Short(string address) => address.Length > 80 ? address[..80] + "…" : address;
}
