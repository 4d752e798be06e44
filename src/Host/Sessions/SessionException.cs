namespace Workbook.Host.Sessions;

/// <summary>A cell cannot be started: a reference that is not found, a directive that is unknown.</summary>
/// <param name="name">What a reader sees as the kind of error: DirectiveError, …</param>
/// <param name="message">What was expected, what was received, what to do.</param>
/// <param name="place">Where it stands.</param>
sealed class SessionException(string name, string message, SourcePlace place) : Exception(message)
{
    /// <summary>The kind of error.</summary>
    public string Name { get; } = name;

    /// <summary>Where it stands.</summary>
    public SourcePlace Place { get; } = place;
}
