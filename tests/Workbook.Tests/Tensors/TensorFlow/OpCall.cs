using System.Reflection;
using System.Text.Json;
using Workbook.Tensors;

namespace Workbook.Tests.Tensors.TensorFlow;

/// <summary>Calls an op by its TensorFlow name: attributes by parameter name, inputs in the order of the remaining parameters.</summary>
/// <remarks>So a new case of an op needs no code, and a parameter that TensorFlow names otherwise shows.</remarks>
static class OpCall
{
    /// <summary>Where the file names an op by what Python writes: -a.</summary>
    static readonly Dictionary<string, string> Spelled = new() { ["neg"] = "negative" };

    public static Tensor[] Invoke(string op, Dictionary<string, JsonElement> attributes, Tensor[] inputs)
    {
        foreach (var method in OpNames.Methods[Spelled.GetValueOrDefault(op, op)])
            if (Bind(method.GetParameters(), attributes, inputs) is { } arguments)
                return Tensors(method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null));
        throw new NotSupportedException(
            $"No {op}({string.Join(", ", attributes.Select(a => $"{a.Key}: {a.Value.GetRawText()}"))}) of {inputs.Length} inputs "
                + $"among {OpNames.Methods[op].Count()} overloads.");
    }

    /// <summary>The arguments for a signature; null when it does not take these attributes and inputs.</summary>
    static object?[]? Bind(ParameterInfo[] parameters, Dictionary<string, JsonElement> attributes, Tensor[] inputs)
    {
        var arguments = new object?[parameters.Length];
        var (used, taken) = (0, 0);
        for (var i = 0; i < parameters.Length; i++)
        {
            var type = parameters[i].ParameterType;
            if (attributes.TryGetValue(parameters[i].Name!, out var json))
            {
                if (!Attribute.TryRead(json, type, out arguments[i])) return null;
                used++;
            }
            else if (taken < inputs.Length && type.IsAssignableFrom(typeof(Tensor))) arguments[i] = inputs[taken++];
            else if (taken < inputs.Length && type.IsAssignableFrom(typeof(Operand[])))
            {
                arguments[i] = Array.ConvertAll(inputs[taken..], x => (Operand)x);
                taken = inputs.Length;
            }
            else if (parameters[i].HasDefaultValue) arguments[i] = parameters[i].DefaultValue;
            else return null;
        }
        return used == attributes.Count && taken == inputs.Length ? arguments : null;
    }

    static Tensor[] Tensors(object? result) => result switch
    {
        Tensor one => [one],
        IEnumerable<Tensor> several => [.. several],
        System.Runtime.CompilerServices.ITuple named => [.. Enumerable.Range(0, named.Length).Select(i => (Tensor)named[i]!)],
        _ => throw new NotSupportedException($"An op gave {result?.GetType().Name ?? "null"}."),
    };
}
