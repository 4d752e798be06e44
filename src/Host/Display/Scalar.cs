using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Workbook.Host.Display;

/// <summary>Values that are shown as one piece of text.</summary>
static class Scalar
{
    /// <summary>The text of a value, in the invariant culture; null when the value has parts to show instead.</summary>
    /// <param name="value">Any value; null is shown as <c>&lt;null&gt;</c>.</param>
    /// <param name="brief">Inside lists and tables: floating-point numbers have six significant digits, exceptions no stack.</param>
    public static string? Text(object? value, bool brief = false) => value switch
    {
        null => "<null>",
        string text => Safely.Cut(text),
        double number when brief => Brief(number),
        float number when brief => Brief(number),
        Half number when brief => Brief((double)number),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF zzz", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Exception error => brief ? Safely.Words(error) : Safely.Full(error),
        Delegate function => $"{TypeName.Of(function.GetType())} ({function.Method.Name})",
        Task task => $"{TypeName.Of(task.GetType())} ({task.Status})",
        ITuple => null,
        IFormattable number => Safely.Text(() => number.ToString(null, CultureInfo.InvariantCulture)),
        _ => HasUsefulToString(value.GetType()) ? Safely.Text(value.ToString) : null,
    };

    /// <summary>Six significant digits, every digit before the point kept, no trailing zeros.</summary>
    public static string Brief(double value)
    {
        if (value == 0 || !double.IsFinite(value)) return value.ToString(CultureInfo.InvariantCulture);
        var magnitude = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        if (magnitude is < -5 or > 14) return value.ToString("0.#####e+0", CultureInfo.InvariantCulture);
        var text = value.ToString("F" + Math.Max(0, 5 - magnitude), CultureInfo.InvariantCulture);
        return text.Contains('.') ? text.TrimEnd('0').TrimEnd('.') : text;
    }

    /// <summary>Whether a value is a number, so that its column is aligned to the right.</summary>
    public static bool IsNumber(object? value) => value is not null
        && value.GetType().GetInterfaces()
            .Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(System.Numerics.INumberBase<>))
        && value is not char;

    /// <summary>Whether somebody wrote a ToString for the type: not Object's, nor the one the compiler makes for a record.</summary>
    public static bool HasUsefulToString(Type type)
    {
        if (type.GetMethod(nameof(ToString), BindingFlags.Public | BindingFlags.Instance, []) is not { } method) return false;
        var owner = method.DeclaringType!;
        return owner != typeof(object) && owner != typeof(ValueType)
            && !(owner.IsGenericType && owner.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
            && !method.IsDefined(typeof(CompilerGeneratedAttribute)) && !owner.IsDefined(typeof(CompilerGeneratedAttribute));
    }
}
