namespace Workbook.Helpers;

/// <summary>Plots that show how they come about.</summary>
public static class Replays
{
    // Points of a line while it grows, and at its end. Steps and the button hold each state once more, the end thrice.
    static readonly (int Growing, int Whole)[] Fineness = [(60, 240), (40, 160), (24, 120)];

    /// <summary>The plot as it comes about: its lines and paths grow, with a slider and buttons that play and pause.</summary>
    /// <remarks>
    /// Lines grow along the horizontal axis, paths step by step; truths, references and single points stand from the beginning, and an
    /// event appears when the horizontal axis has come to it. Without a script the figure is whole. It needs nothing but plotly.js, so
    /// it plays in VS Code and JupyterLab too; there plotly's knob rests while the button plays.
    /// </remarks>
    /// <param name="plot">The plot, such as that of a recorder.</param>
    /// <param name="name">What counts the states, in words, before the value; by default the title of the horizontal axis.</param>
    /// <param name="frames">How many states there are, at least two.</param>
    /// <exception cref="ArgumentException">There is nothing that grows, there are fewer than two frames, or the figure is larger than
    /// 300 KB.</exception>
    public static Figure Replay(this Plot plot, string? name = null, int frames = 30)
    {
        if (!plot.Grows)
            throw new ArgumentException($"Replay of '{plot.Title}': expected a line or a path that comes about. Received: none. "
                + "Add it by Line or Path, or show the plot itself.");
        if (frames < 2)
            throw new ArgumentException($"Replay of '{plot.Title}': expected at least two frames. Received: {frames}. Ask for 20 to 40.");
        return Fineness.Select(f => At(f.Growing, f.Whole)).FirstOrDefault(f => f.Size <= MovingFigure.Largest)
            ?? At(Fineness[^1].Growing, Fineness[^1].Whole).Checked();

        MovingFigure At(int growing, int whole)
        {
            var states = Enumerable.Range(1, frames).Select(i => plot.Until((double)i / frames, i < frames ? growing : whole))
                .DistinctBy(s => s.Label).ToList();
            return new("replay", name ?? plot.Counted, states, states.Count - 1);
        }
    }
}
