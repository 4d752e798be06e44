namespace Workbook.Helpers;

/// <summary>A look at a training of <see cref="DigitTasks"/>.</summary>
/// <param name="Step">After how many steps.</param>
/// <param name="Weights">The weights of the last of these: cross-entropy, then mean squared error.</param>
/// <param name="Losses">The losses of the last step on the training rows, before it.</param>
/// <param name="Right">How many of the 599 test digits are read rightly.</param>
/// <param name="Error">The mean squared error with which the test digits are drawn; pixels from 0 to 1.</param>
public sealed record DigitLook(int Step, double[] Weights, double[] Losses, int Right, double Error)
{
    /// <summary>The part of the test digits that is read rightly.</summary>
    public double Accuracy => (double)Right / DigitTasks.TestRows;
}
