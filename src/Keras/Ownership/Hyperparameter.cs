using System.Diagnostics.CodeAnalysis;
using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>A number that may be a variable: a strength, a rate, a weight, a slope. Wherever a number is expected, a variable is
/// accepted.</summary>
/// <remarks>
/// Converts from a C# number, a <see cref="Variable"/> or a <see cref="Tensor"/>; a function of variables goes through <see cref="Of"/>.
/// The module that holds it owns its variables, so they train wherever a gradient reaches them.
/// </remarks>
public sealed class Hyperparameter : Module
{
    readonly Func<Tensor> read;
    readonly List<Variable> read_variables;
    readonly Variable[] kept;
    readonly double? number;
    readonly Domain domain;

    Hyperparameter(Func<Tensor> read, List<Variable> variables, double? number, Domain domain, Variable? bare = null,
        Variable[]? kept = null) =>
        (this.read, read_variables, this.number, this.domain, Bare, this.kept) = (read, variables, number, domain, bare, kept ?? []);

    /// <summary>A C# number.</summary>
    public static implicit operator Hyperparameter(double number) => new(() => number, [], number, Domain.All);

    /// <summary>A variable, or a tensor that stays as it is. A tensor that was computed from a trainable variable is named in a warning
    /// when training reads it; tf.stop_gradient says that it is meant.</summary>
    [return: NotNullIfNotNull(nameof(operand))]
    public static implicit operator Hyperparameter?(Operand? operand) =>
        operand is null ? null
            : new(operand.value, operand is Variable v ? [v] : [], null, Domain.All, operand as Variable, (operand as Tensor)?.Sources);

    /// <summary>A function of variables, evaluated whenever the number is needed: <c>Hyperparameter.Of(() =&gt; tf.exp(raw))</c>.</summary>
    /// <param name="function">It is called once here, to see which variables it reads.</param>
    public static Hyperparameter Of(Func<Tensor> function)
    {
        using var reads = new VariableReads();
        var first = function();
        // A function that reads no variable, and gives what was computed from one, keeps it as a tensor would.
        return new(function, [.. reads.Variables], null, Domain.All, kept: [.. first.Sources.Except(reads.Variables)]);
    }

    /// <summary>The variable, if it is one itself and not a number or a function of variables.</summary>
    internal Variable? Bare { get; }

    /// <summary>The range of its place.</summary>
    internal Domain Range => domain;

    /// <summary>The variables that it reads.</summary>
    internal IReadOnlyList<Variable> Reads => read_variables;

    /// <summary>The number, if it is one and not a variable or a function of variables.</summary>
    public double? Number => number;

    /// <summary>A function of somebody's: what it reads may belong to a frozen layer, and then stands still.</summary>
    internal override bool Borrows => number is null && Bare is null;

    /// <summary>Warns where the number does not follow the variables from which it was computed; whoever takes such a number calls
    /// it.</summary>
    /// <param name="place">What takes the number, as the warning names it.</param>
    public void SayKept(string place) => Snapshot.Say(place, Array.FindAll(kept, v => v.trainable));

    /// <summary>The current value; a C# number takes the dtype of whatever it meets.</summary>
    /// <param name="dtype">Default: as it is. Otherwise cast, which gradients pass.</param>
    public Tensor value(DType? dtype = null)
    {
        if (number is not null) return dtype is { } weak ? tf.cast(read(), weak) : read();
        var mark = Adoption.Mark();
        var current = read();
        if (Bare is null) Adoption.Since(mark, read_variables);
        domain.Watch(current, read_variables);
        if (current.HasOrigin && Recording.IsOn && current.Kept is { Length: > 0 } now) Snapshot.Say(domain.Place.Length > 0
            ? domain.Place : "A number of the model", now);
        return dtype is { } d ? tf.cast(current, d) : current;
    }

    /// <summary>The current value as a double.</summary>
    /// <exception cref="ShapeException">It has more than one element.</exception>
    public static explicit operator double(Hyperparameter hyperparameter) => hyperparameter.number ?? (double)hyperparameter.value();

    /// <summary>The value now, at a place that no gradient of a loss reaches: a first value, a callback, a rule of its own. A trainable
    /// variable behind it is named in a warning, once.</summary>
    /// <param name="place">Where it stands, for the message.</param>
    /// <exception cref="ShapeException">It has more than one element.</exception>
    public double Fixed(string place) => number ?? (double)FixedAll(place);

    /// <summary>The same for several numbers.</summary>
    internal Tensor FixedAll(string place)
    {
        if (number is not null) return read();
        SayKept(place);
        // A reading that nobody follows is no reason for a model to adopt the variable, or to ask who owns it.
        using var unseen = VariableReads.Unseen();
        var names = string.Join(", ", read_variables.Where(v => v.trainable).Select(v => $"'{v.name}'"));
        if (names.Length > 0)
            Warnings.Once($"fixed:{place}", $"{place}: the variable {names} is read here as a number, and no gradient of a loss reaches "
                + "it through this place, so training does not move it. "
                + "Assign it yourself, or say that this is meant: a cast to double, or trainable: false.", read_variables[0]);
        return tf.stop_gradient(value());
    }

    /// <summary>The same number with the range in which it makes sense: a number outside is refused, a variable that leaves it is named in
    /// a warning.</summary>
    /// <param name="place">Where it stands, for messages.</param>
    /// <param name="low">The lowest value, included.</param>
    /// <param name="high">The highest value.</param>
    /// <param name="open">Whether the highest value is excluded.</param>
    /// <param name="broadcasts">Whether the place takes several numbers, such as one for each feature; otherwise a shape would spread into
    /// a loss and change its mean.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number, or the first value of a variable, outside the range.</exception>
    /// <exception cref="ShapeException">Several numbers where the place takes one.</exception>
    public Hyperparameter Within(string place, double low = double.NegativeInfinity, double high = double.PositiveInfinity,
        bool open = false, bool broadcasts = false)
    {
        var checkedDomain = new Domain(place, low, high, open);
        var first = read();
        if (!broadcasts && first.size != 1)
            throw new ShapeException($"{place}: expected one number. "
                + $"Received: {(read_variables.Count > 0 ? $"the variable {string.Join(", ", read_variables.Select(v => $"'{v.name}'"))}" : "a tensor")} of shape {first.shape}. Use one of its elements, or a function such as Hyperparameter.Of(() => tf.reduce_mean(v)).");
        checkedDomain.Check(first);
        return new(read, read_variables, number, checkedDomain, Bare, kept);
    }

    /// <summary>The number or the names of the variables, for messages and summaries.</summary>
    public override string ToString() => number is { } n ? n.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : read_variables.Count > 0 ? string.Join(", ", read_variables.Select(v => v.name)) : read().ToString();
}
