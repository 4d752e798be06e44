namespace Workbook.Keras;

/// <summary>What a fit evaluates between its epochs.</summary>
/// <param name="Data">The data.</param>
/// <param name="Steps">How many batches of them; null: all.</param>
/// <param name="Every">After how many epochs.</param>
sealed record Validation(Feed Data, int? Steps, int Every);
