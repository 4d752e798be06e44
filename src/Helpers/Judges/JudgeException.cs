namespace Workbook.Helpers;

/// <summary>
/// A judge that cannot give a gradient: no data, an inner problem that has not converged, a linear system that was not solved.
/// </summary>
/// <param name="message">What was expected, what was received, what to do.</param>
public sealed class JudgeException(string message) : InvalidOperationException(message);
