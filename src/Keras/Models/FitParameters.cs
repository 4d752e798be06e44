namespace Workbook.Keras;

/// <summary>The arguments of a fit, for callbacks. Keras: callback.params.</summary>
/// <param name="epochs">The number of epochs.</param>
/// <param name="steps">The number of steps in each; 0 when it is not known.</param>
/// <param name="verbose">0 silent, 1 progress, 2 a line per epoch.</param>
public sealed record FitParameters(int epochs, int steps, int verbose);
