namespace Workbook.Helpers;

/// <summary>The <see cref="Doctor"/> has found something.</summary>
/// <param name="message">Each finding, with what to do.</param>
public sealed class DoctorException(string message) : Exception(message);
