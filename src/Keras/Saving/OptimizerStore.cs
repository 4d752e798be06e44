using System.Globalization;

namespace Workbook.Keras;

/// <summary>The state of an optimizer in the layout of Keras: the count of updates, the rate, and what is remembered of each
/// variable.</summary>
static class OptimizerStore
{
    const string Group = "optimizer/vars";

    /// <summary>Adds the state.</summary>
    public static void Write(Hdf5Writer to, Model model, Optimizer optimizer)
    {
        to.At(Group).Attributes.Add(("name", Spelling.Snake(optimizer.GetType().Name)));
        var i = 0;
        foreach (var value in optimizer.State(Moved(model))) to.Put($"{Group}/{i++}", value.Get());
    }

    /// <summary>Reads the state; what does not fit is refused before anything is changed.</summary>
    /// <exception cref="FormatException">It is that of other variables.</exception>
    public static Action? Read(Hdf5Object root, Model model, Optimizer optimizer, string place)
    {
        if (root.At(Group) is not { } group) return null;
        var parts = new List<Hdf5Object>();
        while (group.Find(parts.Count.ToString(CultureInfo.InvariantCulture)) is { } part) parts.Add(part);
        return parts.Count == group.Names.Count() ? Fitted(parts, model, optimizer, place)
            : throw new FormatException($"Expected the names 0 to {parts.Count - 1} in '{Group}' of {place}. "
                + $"Received: {string.Join(", ", group.Names)}. {WeightsFile.Again}");
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
