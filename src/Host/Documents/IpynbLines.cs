using System.Text.Json;

namespace Workbook.Host.Documents;

/// <summary>Finds where the cells of an .ipynb file stand, so that an error can name a line of the file.</summary>
static class IpynbLines
{
    /// <summary>
    /// By cell index, the 1-based line of the file on which the cell's first source line stands.
    /// A cell is left out unless its source is an array with one element per line of the file.
    /// </summary>
    public static Dictionary<int, int> Find(ReadOnlySpan<byte> utf8)
    {
        var lines = new Dictionary<int, int>();
        var reader = new Utf8JsonReader(utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8, new JsonReaderOptions { MaxDepth = 256 });
        var text = utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        var (cell, inCells, counted, line) = (-1, false, 0, 1);
        while (reader.Read())
        {
            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName) inCells = reader.ValueTextEquals("cells"u8);
            if (!inCells) continue;
            if (reader.CurrentDepth == 2 && reader.TokenType == JsonTokenType.StartObject) cell++;
            if (reader.CurrentDepth != 3 || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("source"u8)) continue;
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray) continue;
            var (first, elements, consecutive) = (0, 0, true);
            while (reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                var start = (int)reader.TokenStartIndex;
                line += text[counted..start].Count((byte)'\n');
                counted = start;
                if (elements == 0) first = line;
                consecutive &= line == first + elements;
                elements++;
            }

            if (elements > 0 && consecutive) lines[cell] = first;
        }

        return lines;
    }
}
