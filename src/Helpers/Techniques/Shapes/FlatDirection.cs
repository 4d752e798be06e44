namespace Workbook.Helpers;

/// <summary>Variables that move together without changing a prediction, to first order.</summary>
/// <param name="Moves">Each with its share of the move; the first has 1.</param>
public sealed record FlatDirection(IReadOnlyList<(string Name, double By)> Moves)
{
    /// <summary>The share of one variable; 0 where it does not take part.</summary>
    /// <param name="name">Its name.</param>
    public double this[string name] => Moves.FirstOrDefault(m => m.Name == name).By;

    /// <summary>Such as "relu +1, x -0.5, |x| -0.5".</summary>
    public override string ToString() =>
        string.Join(", ", Moves.Select(m => $"{m.Name} {(m.By < 0 ? "" : "+")}{Numbers.Show(m.By, 3)}"));
}
