namespace Workbook.Host.Jupyter.Zmtp;

/// <summary>A piece of a message, or a command between messages.</summary>
/// <param name="IsCommand">Whether it is a command.</param>
/// <param name="HasMore">Whether the message goes on.</param>
/// <param name="Body">What it holds.</param>
readonly record struct Frame(bool IsCommand, bool HasMore, byte[] Body);
