namespace Microsoft.DotNet.Interactive;

/// <summary>A line that was typed unseen. It is not shown by accident.</summary>
/// <param name="text">What was typed.</param>
public sealed class PasswordString(string text)
{
    /// <summary>What was typed.</summary>
    public string GetClearTextPassword() => text;

    /// <summary>A dot for each character.</summary>
    public override string ToString() => new('·', text.Length);
}
