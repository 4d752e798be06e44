using System.Text;

namespace Workbook.Host.Export.Latex;

/// <summary>The mathematical alphabets of Unicode. MathML Core knows no bold or script: the characters themselves are.</summary>
static class MathAlphabet
{
    // The letters that were in Unicode before their alphabets: the alphabets have holes there.
    static readonly Dictionary<int, int> Moved = new()
    {
        [0x1D49D] = 0x212C,
        [0x1D4A0] = 0x2130,
        [0x1D4A1] = 0x2131,
        [0x1D4A3] = 0x210B,
        [0x1D4A4] = 0x2110,
        [0x1D4A7] = 0x2112,
        [0x1D4A8] = 0x2133,
        [0x1D4AD] = 0x211B,
        [0x1D4BA] = 0x212F,
        [0x1D4BC] = 0x210A,
        [0x1D4C4] = 0x2134,
        [0x1D53A] = 0x2102,
        [0x1D53F] = 0x210D,
        [0x1D545] = 0x2115,
        [0x1D547] = 0x2119,
        [0x1D548] = 0x211A,
        [0x1D549] = 0x211D,
        [0x1D551] = 0x2124,
    };

    /// <summary>The character of an alphabet for each character of the text; a character that the alphabet lacks stays.</summary>
    /// <param name="alphabet">bold, bolditalic, double, script, sans, mono; upright and italic change nothing.</param>
    /// <param name="text">Latin and Greek letters, digits.</param>
    public static string Map(string alphabet, string text)
    {
        var (upper, lower, digit, greekUpper, greekLower) = alphabet switch
        {
            "bold" => (0x1D400, 0x1D41A, 0x1D7CE, 0x1D6A8, 0x1D6C2),
            "bolditalic" => (0x1D468, 0x1D482, 0x1D7CE, 0x1D71C, 0x1D736),
            "double" => (0x1D538, 0x1D552, 0x1D7D8, 0, 0),
            "script" => (0x1D49C, 0x1D4B6, 0, 0, 0),
            "sans" => (0x1D5A0, 0x1D5BA, 0x1D7E2, 0, 0),
            "mono" => (0x1D670, 0x1D68A, 0x1D7F6, 0, 0),
            _ => (0, 0, 0, 0, 0),
        };
        var mapped = new StringBuilder();
        foreach (var c in text)
        {
            var (start, first) = c switch
            {
                >= 'A' and <= 'Z' => (upper, 'A'),
                >= 'a' and <= 'z' => (lower, 'a'),
                >= '0' and <= '9' => (digit, '0'),
                >= 'Α' and <= 'Ω' => (greekUpper, 'Α'),
                >= 'α' and <= 'ω' => (greekLower, 'α'),
                _ => (0, c),
            };
            var code = start == 0 ? c : start + c - first;
            mapped.Append(char.ConvertFromUtf32(Moved.GetValueOrDefault(code, code)));
        }
        return mapped.ToString();
    }
}
