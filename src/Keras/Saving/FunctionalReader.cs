namespace Workbook.Keras;

/// <summary>Makes a functional model from its layers and what goes into each of their calls.</summary>
sealed class FunctionalReader(ConfigReader reader, ModelReader models)
{
    readonly Dictionary<string, JsonObject> entries = [];
    readonly Dictionary<string, Layer> layers = [];
    readonly Dictionary<string, List<object?>> nodes = [];
    readonly Dictionary<(string Name, int Call), KerasTensor[]> made = [];
    bool isOld;

    MaskReader Masks => field ??= new(reader, entries, Calls);

    IEnumerable<Inbound> Calls(string name) =>
        nodes[name].Select((node, call) => new Inbound(reader, node, $"the call {call} of '{name}'"));

    public Model Read(JsonObject config)
    {
        foreach (var item in reader.List(config["layers"], "the layers"))
        {
            var entry = reader.Object(item, "a layer");
            var name = reader.Text(entry["name"] ?? (entry["config"] as JsonObject)?["name"], "the name of a layer");
            if (!entries.TryAdd(name, entry)) throw reader.Wrong("layers of different names", $"'{name}' twice");
            nodes[name] = reader.List(entry["inbound_nodes"], $"the calls of '{name}'");
            isOld |= nodes[name].Any(n => n is List<object?>);
        }
        foreach (var (name, entry) in entries)
            if (entry["class_name"] is "InputLayer")
                made[(name, 0)] = [models.Input(reader.Object(entry["config"], $"the config of '{name}'"), name)];
        foreach (var name in entries.Keys)
            foreach (var mask in Calls(name).SelectMany(c => c.Masks)) Masks.Follow(mask);
        foreach (var name in entries.Keys.Where(n => !Masks.Operations.Contains(n)))
            for (var call = 0; call < nodes[name].Count; call++) Make(name, call);
        var inputs = Places(config["input_layers"]).Select(p => Find(p, isOutput: true)).ToArray();
        var outputs = Places(config["output_layers"]).Select(p => Find(p, isOutput: true)).ToArray();
        if (inputs.Length == 0 || outputs.Length == 0) throw reader.Wrong("inputs and outputs of the model", "none");
        try
        {
            return new(inputs, outputs, config["name"] as string);
        }
        catch (ModelException e)
        {
            throw new FormatException($"Expected a model whose outputs follow from its inputs in {reader.Place}. Received: {e.Message}", e);
        }
    }

    /// <summary>Makes a call, and before it those whose results it takes, with a stack of its own: a model may be deep.</summary>
    void Make(string name, int call)
    {
        var open = new Stack<(string Name, int Call)>([(name, call)]);
        var begun = new HashSet<(string, int)>();
        while (open.TryPeek(out var top))
        {
            if (made.ContainsKey(top))
            {
                open.Pop();
                continue;
            }
            var place = $"the call {top.Call} of '{top.Name}'";
            var inbound = new Inbound(reader, nodes[top.Name][top.Call], place);
            var missing = inbound.Places.Select(p => Key(p, false)).Where(k => !made.ContainsKey(k)).ToList();
            if (missing.Count == 0)
            {
                made[top] = Called(top.Name, inbound, place);
                open.Pop();
                continue;
            }
            if (!begun.Add(top)) throw reader.Wrong("layers whose inputs come before them", $"'{top.Name}', which needs its own output");
            foreach (var before in missing)
            {
                if (before.Call < 0 || before.Call >= nodes[before.Name].Count)
                    throw reader.Wrong($"a call of '{before.Name}' that there is, for {place}", $"the call {before.Call}");
                open.Push(before);
            }
        }
    }

    KerasTensor[] Called(string name, Inbound inbound, string place)
    {
        var entry = entries[name];
        KerasOperand[] Operands(string[] names) => [.. inbound.InOrder(names).Select(v => v is List<object?> p && Inbound.IsPlace(p)
            ? Find(p, false) : Constant(v, place))];
        var (kind, module) = (reader.Text(entry["class_name"], $"the class of '{name}'"), entry["module"] as string);
        try
        {
            if (module is not null && module.StartsWith("keras.src.ops.", StringComparison.Ordinal))
                return [KerasOperations.Run(reader, kind, Merged(reader.Object(entry["config"], $"the config of '{name}'"), inbound),
                    Operands([]))];
            var layer = layers.TryGetValue(name, out var known) ? known : layers[name] = LayerOf(name, entry);
            var operands = Operands(layer.InputNames);
            if (operands.Length == 0 || operands.Any(o => o is not KerasTensor) || inbound.Options.Any(o => !IsKnown(o, layer)))
                throw reader.Wrong($"results of layers alone for {place}", inbound.ToString());
            var inputs = Array.ConvertAll(operands, o => (KerasTensor)o);
            Masks.Check(inbound, inputs, place);
            // Keras 3 writes false beside every layer that asks, and goes by what the model does. tf.keras 2 wrote what was meant.
            var training = inbound.Options.GetValueOrDefault("training") is bool said && (said || isOld) ? said : (bool?)null;
            return layer is Attending attending && inbound.Options.GetValueOrDefault(Attending.CausalArgument) is true
                ? [attending.Apply(inputs, training, use_causal_mask: true)] : Step.Of(layer, inputs, training);
        }
        catch (Exception e) when (SaysThatItDoesNotFit(e))
        {
            throw new FormatException($"Expected inputs that fit for {place} in {reader.Place}. Received: {e.Message}", e);
        }
    }

    static bool IsKnown(KeyValuePair<string, object?> option, Layer layer) => option.Value is null || option.Key == "training"
        || layer is Attending && (option.Key == Attending.CausalArgument && option.Value is bool
            || option.Key == "return_attention_scores" && option.Value is false);

    /// <summary>What layers throw when they are made or called with what they cannot take.</summary>
    public static bool SaysThatItDoesNotFit(Exception e) => e is ArgumentException or ModelException or ShapeException or DTypeException
        or IndexOutOfRangeException or OverflowException or NotSupportedException or DivideByZeroException or InvalidCastException;

    Layer LayerOf(string name, JsonObject entry)
    {
        if (entry["config"] is JsonObject config && config["name"] is null) config["name"] = name;
        return models.Layer(entry);
    }

    /// <summary>What an operation is called with by name stands beside what it was made with.</summary>
    static JsonObject Merged(JsonObject config, Inbound inbound)
    {
        var merged = new JsonObject();
        foreach (var (key, value) in config) merged[key] = value;
        foreach (var (key, value) in inbound.Options) merged[key] = value;
        return merged;
    }

    KerasOperand Constant(object? json, string place) => json is List<object?>
        ? (Operand)new ConfigValues(reader.Place).Many(json, place) : new ConfigValues(reader.Place).Number(json, place);

    KerasTensor Find(List<object?> place, bool isOutput)
    {
        var (name, call) = Key(place, isOutput);
        var output = (int)((long)place[2]!);
        return made.TryGetValue((name, call), out var results) && output >= 0 && output < results.Length ? results[output]
            : throw reader.Wrong("the result of a layer that there is", ConfigReader.Shown(place));
    }

    /// <summary>Which call is meant. tf.keras 2 counts those of a model from 1, and Keras 3 does where it lists outputs.</summary>
    (string Name, int Call) Key(List<object?> place, bool isOutput)
    {
        var (name, call) = ((string)place[0]!, (long)place[1]!);
        if (!entries.TryGetValue(name, out var entry)) throw reader.Wrong("the name of a layer of this model", $"'{name}'");
        var counts = entry["class_name"] is "Functional" or "Model" && (isOutput || isOld) || entry["class_name"] is "Sequential" && isOld;
        if (counts && call > 0) call--;
        return (name, (int)Math.Clamp(call, -1, int.MaxValue));
    }

    List<List<object?>> Places(object? json)
    {
        // Keras goes through a dictionary by the names, and names weights in that order.
        if (json is JsonObject named) json = named.OrderBy(n => n.Key, StringComparer.Ordinal).Select(n => n.Value).ToList();
        var list = reader.List(json, "the inputs or outputs of the model");
        return Inbound.IsPlace(list) ? [list] : [.. list.SelectMany(Places)];
    }
}
