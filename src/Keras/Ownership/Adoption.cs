using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>
/// Finds the variables that a function reads for the first time in a later step: tapes list what they watch in the order of the first
/// reading.
/// </summary>
static class Adoption
{
    /// <summary>How many variables the innermost tape watches; −1 where none is open.</summary>
    public static int Mark() => Recording.Watched?.Count ?? -1;

    /// <summary>Takes what was read since the mark.</summary>
    public static void Since(int mark, List<Variable> adopted)
    {
        if (mark < 0 || Recording.Watched is not { } watched || watched.Count == mark) return;
        foreach (var variable in watched.Skip(mark))
            if (!adopted.Contains(variable)) adopted.Add(variable);
    }
}
