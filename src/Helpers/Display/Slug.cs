using System.Security.Cryptography;
using System.Text;

namespace Workbook.Helpers;

/// <summary>Names for elements of a page, made of a text: the same text always gives the same name.</summary>
static class Slug
{
    const int Longest = 48;

    /// <summary>The text's words, and a mark that tells texts apart whose words are alike.</summary>
    public static string Unique(string text)
    {
        var words = new StringBuilder();
        foreach (var c in text.ToLowerInvariant())
            if (char.IsAsciiLetterOrDigit(c)) words.Append(c);
            else if (words.Length > 0 && words[^1] != '-') words.Append('-');
        var slug = words.ToString()[..Math.Min(words.Length, Longest)].Trim('-');
        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];
        return slug == "" ? mark : $"{slug}-{mark}";
    }
}
