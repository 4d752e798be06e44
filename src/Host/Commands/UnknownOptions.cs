using System.CommandLine;
using System.CommandLine.Parsing;
using Workbook.Host.Wording;

namespace Workbook.Host.Commands;

/// <summary>Refuses options that do not exist. Left alone, the parser would take one for a path.</summary>
static class UnknownOptions
{
    /// <summary>Adds an error for each argument that looks like an option, with the option that may be meant.</summary>
    public static void Refuse(ArgumentResult result, IEnumerable<Option> known)
    {
        var names = known.Select(o => o.Name).ToList();
        foreach (var token in result.Tokens.Where(t => t.Value.StartsWith('-') && t.Value.Length > 1 && !File.Exists(t.Value)))
        {
            var name = token.Value.Split('=')[0];
            result.AddError(
                Nearest.Suggestion(name, names) is { Length: > 0 } suggestion ? $"There is no option {name}{suggestion}?"
                    : $"There is no option {name}. See --help.");
        }
    }
}
