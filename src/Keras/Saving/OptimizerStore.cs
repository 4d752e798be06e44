using System.Globalization;

namespace Workbook.Keras;

/// <summary>The state of an optimizer in the layout of Keras: the count of updates, the rate, and what is remembered of each
/// variable.</summary>
static class OptimizerStore
{
    const string Group = "optimizer/vars";

    /// <summary>Where stands what is remembered of variables that Keras has no place for, or what their own optimizer remembers.</summary>
    static string Learned(Compilation compiled) => compiled.Hyper is null ? "workbook/optimizer" : "workbook/hyper_optimizer";

    /// <summary>Adds the state.</summary>
    public static void Write(Hdf5Writer to, Model model, Compilation compiled)
    {
        to.At(Group).Attributes.Add(("name", Spelling.Snake(compiled.Optimizer.GetType().Name)));
        Put(Group, compiled.Optimizer.State(Moved(model)));
        Put(Learned(compiled), Beside(model, compiled));

        void Put(string group, IEnumerable<Optimizer.StatePart> state)
        {
            var i = 0;
            foreach (var value in state) to.Put($"{group}/{i++}", value.Get());
        }
    }

    /// <summary>Reads the state; what does not fit is refused before anything is changed.</summary>
    /// <exception cref="FormatException">It is that of other variables.</exception>
    public static Action? Read(Hdf5Object root, Model model, Compilation compiled, string place)
    {
        if (root.At(Group) is not { } group) return null;
        var known = Fitted(Parts(group, place), model, compiled.Optimizer, place);
        var learned = ReadBeside(root, model, compiled, place);
        return known + learned;
    }

    static List<Hdf5Object> Parts(Hdf5Object group, string place)
    {
        var parts = new List<Hdf5Object>();
        while (group.Find(parts.Count.ToString(CultureInfo.InvariantCulture)) is { } part) parts.Add(part);
        return parts.Count == group.Names.Count() ? parts
            : throw new FormatException($"Expected the names 0 to {parts.Count - 1} in '{group.Path}' of {place}. "
                + $"Received: {string.Join(", ", group.Names)}. {WeightsFile.Again}");
    }

    /// <summary>The state that Keras has no place for: of an optimizer of their own for the variables that somebody brought in, or of such
    /// variables among others.</summary>
    static List<Optimizer.StatePart> Beside(Model model, Compilation compiled)
    {
        if (compiled.Hyper is { } hyper) return [.. hyper.State(model.BroughtIn())];
        var rest = model.trainable_variables.Except(Moved(model)).ToList();
        // The count of updates and the rate stand with the others.
        return rest.Count == 0 ? [] : [.. compiled.Optimizer.State(rest).Skip(compiled.Optimizer.HasSchedule ? 1 : 2)];
    }

    static Action? ReadBeside(Hdf5Object root, Model model, Compilation compiled, string place)
    {
        var state = Beside(model, compiled);
        // A file of Keras' own knows nothing of them, which its reader says of their values.
        var group = root.At(Learned(compiled));
        if (state.Count == 0 || (group is null && root.At(WeightStore.Learned) is null)) return null;
        List<Hdf5Object> parts = group is null ? [] : Parts(group, place);
        if (parts.Count != state.Count || !parts.Zip(state).All(p => p.First.Dataset().Fits(p.Second.Shape)))
        {
            Warnings.Say($"{place}: expected {state.Count} numbers and arrays that the optimizer remembers of variables that Keras has no "
                + $"place for, such as {state[^1].Name}. Received: {parts.Count}"
                + $"{(parts.Count == state.Count ? " of other shapes" : "")}. For them it begins anew.");
            return null;
        }
        var values = parts.Zip(state).Select(p => p.First.Dataset().Read(p.Second.DType)).ToList();
        return () =>
        {
            for (var i = 0; i < values.Count; i++) state[i].Set(values[i]);
        };
    }

    static Action Fitted(List<Hdf5Object> parts, Model model, Optimizer optimizer, string place)
    {
        var variables = Moved(model);
        var state = optimizer.State(variables).ToList();
        // An optimizer that has not moved anything has no more than these.
        var begun = optimizer.HasSchedule ? 1 : 2;
        if (parts.Count <= begun) state = state[..parts.Count];
        // tf.keras 2 does not write the rate.
        else if (parts.Count == state.Count - 1 && begun == 2) state.RemoveAt(1);
        if (parts.Count != state.Count)
        {
            Warnings.Say($"{place}: the optimizer begins anew. {Other($"{state.Count} numbers and arrays", $"{parts.Count}").Message}");
            return () => { };
        }
        var values = new List<Tensor>();
        foreach (var (part, wanted) in parts.Zip(state))
        {
            var dataset = part.Dataset();
            if (!dataset.Fits(wanted.Shape)) throw Other($"{wanted.Name} of shape {wanted.Shape}", dataset.ToString());
            values.Add(dataset.Read(wanted.DType));
        }
        return () =>
        {
            for (var i = 0; i < values.Count; i++) state[i].Set(values[i]);
        };

        FormatException Other(string expected, string received) => new($"Expected the state of {optimizer.GetType().Name} for "
            + $"{variables.Count} variables in {place}: {expected}. Received: {received}, the state of other variables. "
            + "Load the model with compile: false, and compile it anew.");
    }

    /// <summary>Reads the state in the older layout, where names are listed.</summary>
    public static Action? ReadOld(Hdf5Object group, Model model, Optimizer optimizer, string place)
    {
        var names = LegacyStore.Names(group, "weight_names");
        return names.Count == 0 ? null : Fitted([.. names.Select(n => LegacyStore.Part(group, n, place))], model, optimizer, place);
    }

    /// <summary>The variables that the optimizer moves and Keras knows of, in Keras' order.</summary>
    static List<Variable> Moved(Model model)
    {
        var trainable = model.trainable_variables.ToHashSet();
        return [.. LayerPaths.Variables(model).Where(trainable.Contains)];
    }
}
