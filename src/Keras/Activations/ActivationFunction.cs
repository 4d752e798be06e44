using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Workbook.Keras;

/// <summary>
/// A function between layers: one of <c>keras.activations</c>, by name or as a method, or your own. Converts from a name such as "relu".
/// </summary>
/// <remarks>Variables that the function reads belong to the layer that uses it, and train.</remarks>
public sealed class ActivationFunction : Module
{
    static readonly Dictionary<string, Func<Operand, Tensor>> known = Scan();
    static readonly Func<Operand, Tensor> relu = known["relu"];

    readonly Func<Tensor, Tensor> function;
    readonly List<Variable> read = [];

    internal ActivationFunction(string name, Func<Tensor, Tensor> function) => (Name, this.function) = (name, function);

    /// <summary>The name, or "lambda".</summary>
    public string Name { get; }

    /// <summary>The activation of that name.</summary>
    /// <exception cref="ArgumentException">No such name.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator ActivationFunction?(string? name) => name is null ? null
        : known.TryGetValue(name, out var function) ? new(name, function)
        : throw new ArgumentException($"activation: expected a known name. Received: '{name}'. {Spelling.Suggest(name, known.Keys)}");

    /// <summary>A function of one tensor.</summary>
    [return: NotNullIfNotNull(nameof(function))]
    public static implicit operator ActivationFunction?(Func<Tensor, Tensor>? function) =>
        function is null ? null : new("lambda", function);

    internal override bool Borrows => true;

    /// <summary>The identity.</summary>
    internal static ActivationFunction Linear { get; } = new("linear", x => x);

    /// <summary>Whether this is relu, which the engine has in one pass with what comes before it.</summary>
    internal bool IsRelu => ReferenceEquals(function, relu);

    /// <summary>The function's value at x.</summary>
    public Tensor Apply(Tensor x)
    {
        if (Name != "lambda") return function(x);
        using var reads = new VariableReads();
        var y = function(x);
        foreach (var variable in reads.Variables)
            if (!read.Contains(variable)) read.Add(variable);
        return y;
    }

    /// <summary>The function's value at x · kernel + bias. For relu, the most frequent, the engine has both in one pass.</summary>
    internal Tensor AfterDense(Tensor x, Operand kernel, Operand? bias)
    {
        if (bias is null) return Apply(tf.matmul(x, kernel));
        var y = tf.nn.dense(x, kernel, bias, IsRelu);
        return IsRelu ? y : Apply(y);
    }

    /// <summary>
    /// Every function of <c>keras.activations</c> that takes a tensor is known by its own name and by those that it states.
    /// </summary>
    static Dictionary<string, Func<Operand, Tensor>> Scan()
    {
        var found = new Dictionary<string, Func<Operand, Tensor>>();
        foreach (var method in typeof(keras.activations).GetMethods(BindingFlags.Public | BindingFlags.Static))
        {
            var parameters = method.GetParameters();
            if (method.ReturnType != typeof(Tensor) || parameters.FirstOrDefault()?.ParameterType != typeof(Operand)) continue;
            var defaults = parameters.Skip(1).Select(p => p.DefaultValue).ToArray();
            Func<Operand, Tensor> function = defaults.Length == 0 ? method.CreateDelegate<Func<Operand, Tensor>>()
                : x => (Tensor)method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [x, .. defaults], null)!;
            foreach (var name in method.GetCustomAttribute<NamesAttribute>()?.Names ?? [method.Name]) found.Add(name, function);
        }
        return found;
    }
}
