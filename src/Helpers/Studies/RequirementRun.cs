using Workbook.Keras;

namespace Workbook.Helpers;

/// <summary>One training of <see cref="Requirements"/>.</summary>
/// <param name="Model">The trained network.</param>
/// <param name="Factors">What the error of the picture cost at each step.</param>
/// <param name="Errors">That error on the training digits at each step, before it.</param>
/// <param name="Right">How many of the 599 test digits are read rightly.</param>
/// <param name="TestError">The mean squared error with which the test digits are drawn.</param>
/// <param name="TrainError">The same on the training digits, after the last step.</param>
public sealed record RequirementRun(
    Model Model, IReadOnlyList<double> Factors, IReadOnlyList<double> Errors, int Right, double TestError, double TrainError);
