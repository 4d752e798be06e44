using System.Text.RegularExpressions;

namespace Workbook.Tensors;

/// <summary>The axes of each operand and of the result, as labels: equal labels are one index.</summary>
/// <remarks>
/// A letter is its character code. Axes under "..." are negative, −1 the last of them, so that they match from the last and broadcast.
/// </remarks>
sealed partial class EinsumEquation
{
    readonly string equation;
    readonly Shape[] shapes;

    public EinsumEquation(string equation, Shape[] shapes)
    {
        this.equation = equation;
        this.shapes = shapes;
        var sides = equation.Replace(" ", "").Split("->");
        var terms = sides[0].Split(',');
        if (sides.Length > 2) throw Wrong("at most one '->'");
        if (terms.Length != shapes.Length) throw Wrong($"{terms.Length} tensors");
        Inputs = [.. terms.Select((t, i) => Labels(t, shapes[i].Rank - t.Replace("...", "").Length))];
        Output = sides.Length == 2 ? Labels(sides[1], sides[1].Contains("...") ? Dots : 0) : Implicit();
        CheckOutput();
        CheckLengths();
    }

    public int[][] Inputs { get; }

    public int[] Output { get; }

    /// <summary>How many axes "..." stands for at most.</summary>
    int Dots => -Inputs.SelectMany(labels => labels).Append(0).Where(l => l <= 0).Min();

    int[] Labels(string term, int dots)
    {
        if (!Term().IsMatch(term)) throw Wrong($"letters and at most one '...' in '{term}'");
        if (dots < 0 || (dots > 0 && !term.Contains("..."))) throw Wrong($"as many letters in '{term}' as its tensor has axes");
        return [.. Regex.Replace(term, @"\.\.\.", new string('.', dots)).Select(c => c == '.' ? -dots-- : c)];
    }

    /// <summary>Without "->": the axes under "...", then each letter that occurs once, in alphabetical order.</summary>
    int[] Implicit() =>
    [
        .. Enumerable.Range(-Dots, Dots),
        .. Inputs.SelectMany(labels => labels).Where(l => l > 0).GroupBy(l => l).Where(same => same.Count() == 1).Select(same => same.Key)
            .Order(),
    ];

    void CheckOutput()
    {
        var known = Inputs.SelectMany(labels => labels).ToHashSet();
        foreach (var l in Output)
            if (!known.Contains(l)) throw Wrong($"'{(char)l}' of the result in an operand too");
        if (Output.Distinct().Count() != Output.Length) throw Wrong("each letter at most once in the result");
        if (known.Any(l => l < 0 && !Output.Contains(l))) throw Wrong("'...' in the result, since an operand has it");
    }

    void CheckLengths()
    {
        var lengths = new Dictionary<int, int>();
        foreach (var (labels, shape) in Inputs.Zip(shapes))
            foreach (var (label, length) in labels.Zip(shape))
            {
                if (!lengths.TryAdd(label, length) && lengths[label] != length && (label > 0 || (length != 1 && lengths[label] != 1)))
                    throw Wrong(
                        $"one length for {(label > 0 ? $"'{(char)label}'" : "each axis of '...'")}, not {lengths[label]} and {length}");
                lengths[label] = label < 0 ? Math.Max(lengths[label], length) : length;
            }
    }

    ShapeException Wrong(string expected) =>
        new($"einsum '{equation}': expected {expected}. Received: {string.Join(" and ", shapes.Select(s => s.ToString()))}.");

    [GeneratedRegex(@"^[A-Za-z]*(\.\.\.)?[A-Za-z]*$")]
    private static partial Regex Term();
}
