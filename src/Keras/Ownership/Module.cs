using System.Diagnostics.CodeAnalysis;
using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>
/// What owns variables: fields are ownership. Layers, models, regularizers, constraints and losses are modules. TensorFlow: tf.Module.
/// </summary>
/// <remarks>
/// A module owns the variables and modules that its fields hold, private ones too, also inside arrays, lists, dictionaries and tuples.
/// Own variables come first, then those of its parts, in the order of the fields; the fields of a base class come before those of a derived
/// one.
/// </remarks>
[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.NonPublicFields)]
public abstract class Module
{
    bool moves = true;

    /// <summary>Whether optimizers may move the variables of this module and its parts. Setting it sets it for all layers inside too and
    /// for their variables, as in Keras;
    /// other parts, such as a regularizer, train while one of their owners does. What a frozen layer computes follows its inputs and none
    /// of its variables, whoever calls it.</summary>
    public bool trainable
    {
        get => moves;
        set
        {
            moves = value;
            foreach (var (module, _) in Walk().ToList())
            {
                if (module.HoldsWeights) module.moves = value;
                if (!HoldsWeights || module.Borrows) continue;
                foreach (var variable in module.Held().OfType<Variable>()) variable.Frozen = !value;
            }
        }
    }

    /// <summary>
    /// Whether this is a layer or the graph of a model: what its fields hold counts as weights, and it freezes with its owner.
    /// </summary>
    internal virtual bool HoldsWeights => false;

    /// <summary>Whether whoever holds this owns its variables too; a metric keeps its own.</summary>
    internal virtual bool IsPart => true;

    /// <summary>All variables owned here, each once: own ones first, those that train before those that do not.</summary>
    public IReadOnlyList<Variable> variables => Distinct(Walk().SelectMany(m => Own(m.Module)));

    /// <summary>The variables that a fit moves: trainable ones whose owners are all trainable.</summary>
    public IReadOnlyList<Variable> trainable_variables =>
        Distinct(Walk().Where(m => m.Trains).SelectMany(m => Own(m.Module).Where(m.Module.Moves)));

    /// <summary>The variables that a fit does not move by gradients: frozen ones, and statistics such as moving averages.</summary>
    public IReadOnlyList<Variable> non_trainable_variables
    {
        get
        {
            var training = trainable_variables.ToHashSet();
            return [.. variables.Where(v => !training.Contains(v))];
        }
    }

    /// <summary>
    /// This module and all its parts, each once, and whether on some way to it neither it nor an owner above it is frozen.
    /// </summary>
    internal IEnumerable<(Module Module, bool Trains)> Walk()
    {
        List<Module> order = [];
        Dictionary<Module, bool> trains = new(ReferenceEqualityComparer.Instance);
        Walk(true, order, trains);
        return order.Select(m => (m, trains[m]));
    }

    void Walk(bool above, List<Module> order, Dictionary<Module, bool> trains)
    {
        var here = above && moves;
        if (!trains.TryGetValue(this, out var known)) order.Add(this);
        else if (known || !here) return;
        trains[this] = here;
        foreach (var part in Parts()) part.Walk(here, order, trains);
    }

    /// <summary>The modules that this one owns directly.</summary>
    internal IEnumerable<Module> Parts() => Held().OfType<Module>().Where(m => m.IsPart);

    /// <summary>The variables and modules that this one owns directly.</summary>
    internal virtual IEnumerable<object> Held() => Fields.Held(this);

    /// <summary>Whether the variables here are those that a function was seen to read: one of a frozen layer stays frozen then.</summary>
    internal virtual bool Borrows => false;

    /// <summary>Remembers that a variable begins with the value of others, which it does not follow: they are named if nothing else
    /// moves them.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="value">What it began with.</param>
    protected internal static void BeginsWith(Variable variable, Operand value) => variable.BeganWith(value);

    bool Moves(Variable variable)
    {
        if (variable.trainable) return true;
        if (Borrows || variable.MadeByLayer || !variable.Frozen || !variable.WouldTrain) return false;
        // A number that somebody put into a frozen layer and into one that is not: it trains there.
        variable.Frozen = false;
        return true;
    }

    static IEnumerable<Variable> Own(Module module) => module.Held().OfType<Variable>().OrderBy(v => !v.trainable);

    static List<Variable> Distinct(IEnumerable<Variable> variables) => [.. variables.Distinct()];
}
