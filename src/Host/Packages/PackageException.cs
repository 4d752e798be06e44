namespace Workbook.Host.Packages;

/// <summary>Packages could not be restored.</summary>
/// <param name="message">What NuGet said, and what to do.</param>
sealed class PackageException(string message) : Exception(message);
