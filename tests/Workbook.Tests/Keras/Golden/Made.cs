using System.Reflection;
using System.Text.Json;

namespace Workbook.Tests.Keras.Golden;

/// <summary>
/// Makes a loss, optimizer, layer, … by its Keras name and a configuration in JSON, through the same factory that a reader calls.
/// </summary>
static class Made
{
    /// <param name="factories">For example typeof(keras.losses).</param>
    /// <param name="name">The name of the factory.</param>
    /// <param name="config">Arguments by name; one that the factory does not have is an error.</param>
    public static T By<T>(Type factories, string name, JsonElement config, Func<string, JsonElement, object?>? convert = null)
    {
        var given = config.EnumerateObject().ToDictionary(p => p.Name, p => p.Value);
        var factory = factories.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(m => m.Name == name && typeof(T).IsAssignableFrom(m.ReturnType)
                && given.Keys.All(k => m.GetParameters().Any(p => p.Name == k)))
            .OrderBy(m => m.GetParameters().Any(p => typeof(Delegate).IsAssignableFrom(p.ParameterType))).FirstOrDefault()
            ?? throw new InvalidDataException($"{factories.Name}: no {name} with the arguments {string.Join(", ", given.Keys)}.");
        var arguments = factory.GetParameters()
            .Select(p => given.TryGetValue(p.Name!, out var value) ? convert?.Invoke(p.Name!, value) ?? To(value, p.ParameterType)
            : p.HasDefaultValue ? p.DefaultValue : throw new InvalidDataException($"{name}: no value for {p.Name}.")).ToArray();
        return (T)factory.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
    }

    static object? To(JsonElement json, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        object? plain = json.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.True or JsonValueKind.False => json.GetBoolean(),
            JsonValueKind.String => json.GetString(),
            JsonValueKind.Number => json.GetDouble(),
            JsonValueKind.Array when type == typeof(int[]) => json.EnumerateArray().Select(e => e.GetInt32()).ToArray(),
            JsonValueKind.Array when type == typeof(double[]) => json.EnumerateArray().Select(e => e.GetDouble()).ToArray(),
            _ => throw new InvalidDataException($"Expected a plain value for {type.Name}. Received: {json}."),
        };
        if (plain is null || type.IsInstanceOfType(plain)) return plain;
        if (type.IsPrimitive) return Convert.ChangeType(plain, type, System.Globalization.CultureInfo.InvariantCulture);
        var conversions = type.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(m => m.Name == "op_Implicit" && m.ReturnType == type).ToDictionary(m => m.GetParameters()[0].ParameterType);
        if (conversions.TryGetValue(plain.GetType(), out var direct))
            return direct.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [plain], null);
        if (plain is double d && d == Math.Floor(d) && conversions.TryGetValue(typeof(int), out var whole))
            return whole.Invoke(null, [(int)d]);
        throw new InvalidDataException($"No way from {plain} to {type.Name}.");
    }
}
