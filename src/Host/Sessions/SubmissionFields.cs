using System.Reflection;

namespace Workbook.Host.Sessions;

/// <summary>The variables of compiled cells: each cell is an object, and its variables are fields.</summary>
static class SubmissionFields
{
    const BindingFlags Own =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Where a variable is; null where there is no such.</summary>
    public static FieldInfo? Field(Type submission, string name) => submission.GetField(name, Own);

    /// <summary>The value of a variable; null where there is no such.</summary>
    public static object? Value(object submission, string name) => Field(submission.GetType(), name)?.GetValue(submission);

    /// <summary>The variables that a reader of the cell would name, in the order of their declaration.</summary>
    public static IEnumerable<(string Name, Type Type, object? Value)> Of(object submission) => submission.GetType().GetFields(Own)
        .Where(f => !f.Name.StartsWith('<')).Select(f => (f.Name, f.FieldType, f.GetValue(submission)));
}
