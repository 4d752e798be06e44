namespace Workbook.Keras;

/// <summary>One batch on its way through a step.</summary>
/// <param name="X">The inputs.</param>
/// <param name="Y">The targets, if there are any.</param>
/// <param name="Weight">The weights of the samples, if there are any.</param>
readonly record struct Item(Batch X, Batch? Y, Batch? Weight);
