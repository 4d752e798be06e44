namespace Workbook.Keras;

/// <summary>Writes models as Keras does: Sequential as a list of layers, functional ones as layers and what goes into each of their
/// calls.</summary>
sealed class ModelWriter
{
    /// <summary>A whole model.</summary>
    /// <exception cref="ModelException">A part of it that a file cannot hold: C# code, a class that is not registered.</exception>
    public JsonObject Model(Model model)
    {
        var written = model switch
        {
            Sequential sequential => Sequential(sequential),
            { Graph: { } graph } when model.GetType() == typeof(Model) => Functional(model, graph),
            _ => throw new ModelException($"Expected a Sequential or a functional model to save. Received: '{model.name}', of the class "
                + $"{model.GetType().Name}, whose code a file cannot hold. Save its weights: save_weights(\"name.weights.h5\")."),
        };
        written["compile_config"] = new JsonObject();
        return written;
    }

    /// <summary>A layer, which may be a model.</summary>
    public JsonObject Layer(Layer layer)
    {
        if (layer is Model model) return Model(model);
        var written = ConfigWriter.Write(layer);
        // Keras asks those that take their inputs one by one for a shape of each by name, and builds them when they are called anyway.
        if (layer.Joined is { } step && (step.Inputs.Length == 1 || layer.InputNames.Length == 0))
            written["build_config"] = new JsonObject
            {
                ["input_shape"] = step.Inputs is [KerasTensor one] ? Shape(one) : step.SymbolicInputs
                    .Select(i => (object?)Shape(i)).ToList(),
            };
        return written;
    }

    static List<object?> Shape(KerasTensor value) => [.. value.shape.Select(d => d < 0 ? null : (object?)d)];

    static List<object?> BatchShape(KerasTensor value) => [null, .. value.shape.Dims[1..].ToArray().Select(d => d < 0 ? null : (object?)d)];

    static JsonObject Input(KerasTensor input, string name) => new()
    {
        ["module"] = "keras.layers",
        ["class_name"] = "InputLayer",
        ["config"] = new JsonObject
        {
            ["batch_shape"] = BatchShape(input),
            ["dtype"] = input.dtype.Name(),
            ["sparse"] = false,
            ["name"] = name,
        },
        ["registered_name"] = null,
    };

    JsonObject Sequential(Sequential model)
    {
        if (model.Graph is not { Inputs: [var input] })
            throw new ModelException($"Expected a model that knows its input. Received: '{model.name}', which has not met any. "
                + "Begin with keras.Input, or call it once.");
        var config = new JsonObject();
        ConfigWriter.Begin(config, model);
        config["layers"] = new List<object?> { Input(input, input.name) }.Concat(model.OwnLayers.Select(l => (object?)Layer(l))).ToList();
        config["build_input_shape"] = BatchShape(input);
        return new()
        {
            ["module"] = "keras",
            ["class_name"] = "Sequential",
            ["config"] = config,
            ["registered_name"] = null,
            ["build_config"] = new JsonObject { ["input_shape"] = BatchShape(input) },
        };
    }

    JsonObject Functional(Model model, Graph graph)
    {
        var order = KerasOrder.Of(graph);
        Name(order, model);
        List<object?> Places(KerasTensor[] values, bool isOutput) => values.Length == 1 ? Place(order, values[0], isOutput)
            : [.. values.Select(v => (object?)Place(order, v, isOutput))];
        return new()
        {
            ["module"] = "keras.src.models.functional",
            ["class_name"] = "Functional",
            ["config"] = new JsonObject
            {
                ["name"] = model.name,
                ["trainable"] = model.trainable,
                ["layers"] = order.All.Select(o => (object?)Entry(o, order)).ToList(),
                ["input_layers"] = Places(graph.Inputs, false),
                ["output_layers"] = Places(graph.Outputs, true),
            },
            ["registered_name"] = "Functional",
            ["build_config"] = new JsonObject { ["input_shape"] = null },
        };
    }

    /// <summary>Operations between layers may have any name; layers keep theirs, which must differ.</summary>
    static void Name(KerasOrder order, Model model)
    {
        var taken = new HashSet<string>();
        foreach (var operation in order.All.Where(o => o.Key is not Step))
            if (!taken.Add(operation.Name))
                throw new ModelException($"Expected layers of different names in the model '{model.name}', since its file tells them apart by "
                    + $"these. Received: '{operation.Name}' twice. Give one of them another name.");
        foreach (var operation in order.All.Where(o => o.Key is Step))
        {
            var (stem, name) = (operation.Name, operation.Name);
            for (var i = 1; !taken.Add(name); i++) name = $"{stem}_{i}";
            operation.Name = name;
        }
    }

    static List<object?> Place(KerasOrder order, KerasTensor value, bool isOutput)
    {
        var (operation, call, output) = order.Of(value);
        // Keras counts the calls of a functional model from 1 here, and here alone.
        if (isOutput && operation.Layer is { } layer and not Keras.Sequential && layer is Keras.Model) call++;
        return [operation.Name, call, output];
    }

    JsonObject Entry(KerasOrder.Operation operation, KerasOrder order)
    {
        var (written, args) = operation.Key switch
        {
            KerasTensor input => (Input(input, operation.Name), null),
            Layer layer => (Layer(layer), (Func<Step, List<object?>>)(s => Arguments(s, layer, order))),
            var step => Operation((Step)step, operation.Name, order),
        };
        written["name"] = operation.Name;
        written["inbound_nodes"] = operation.Calls.OfType<Step>().Select(s => (object?)new JsonObject
        {
            ["args"] = args!(s),
            ["kwargs"] = Named(s, order),
        }).ToList();
        return written;
    }

    /// <summary>What goes into a call by name.</summary>
    static JsonObject Named(Step step, KerasOrder order)
    {
        var named = new JsonObject();
        if (step.Layer is null) return named;
        foreach (var (input, name) in step.SymbolicInputs.Zip(NamesOf(step)))
        {
            if (name is null) continue;
            if (name == "attention_mask") named[name] = Tensor(input, order);
            else named[name] = new List<object?>([.. named[name] as List<object?> ?? [], Tensor(input, order)]);
        }
        if (step.Training is { } training) named["training"] = training;
        foreach (var (key, value) in step.Options) named[key] = value;
        return named;
    }

    /// <summary>The names under which a layer gets its inputs; null: by place.</summary>
    static IEnumerable<string?> NamesOf(Step step) => step.SymbolicInputs.Select((x, i) =>
        step.Layer!.InputNames is not { Length: > 0 } names ? null
        : names[^1] == "attention_mask" ? (i >= 2 && x.dtype == DType.Bool ? names[^1] : null)
        : i < names.Length - 1 ? null : names[^1]);

    /// <summary>What goes into a layer: one value, or a list of them; a few layers take several values one by one, or by name.</summary>
    List<object?> Arguments(Step step, Layer layer, KerasOrder order)
    {
        var inputs = step.SymbolicInputs.Zip(NamesOf(step)).Where(i => i.Second is null)
            .Select(i => (object?)Tensor(i.First, order)).ToList();
        return inputs.Count == 1 || layer.InputNames.Length > 0 ? inputs : [inputs];
    }

    static JsonObject Tensor(KerasTensor value, KerasOrder order) => new()
    {
        ["class_name"] = "__keras_tensor__",
        ["config"] = new JsonObject
        {
            ["shape"] = Shape(value),
            ["dtype"] = value.dtype.Name(),
            ["keras_history"] = Place(order, value, false),
        },
    };

    /// <summary>An operation of Keras with numbers beside it, or ours with a variable that is learned.</summary>
    static (JsonObject, Func<Step, List<object?>>) Operation(Step step, string name, KerasOrder order)
    {
        if (LearnedPlaces.LayerOf(step) is { } learned)
        {
            var written = ConfigWriter.Write(learned);
            ((JsonObject)written["config"]!)["name"] = name;
            return (written, s => [Tensor(s.SymbolicInputs.Single(), order)]);
        }
        var (module, keras, config) = KerasOperations.Find(step) ?? throw new ModelException(
            $"Expected steps between layers that Keras has, without C# code. Received: '{step.Name}', which a file cannot hold. "
            + "Make a layer of it and register that (keras.saving.register_keras_serializable), or save the weights alone: save_weights.");
        config["name"] = name;
        return (new()
        {
            ["module"] = module,
            ["class_name"] = keras,
            ["config"] = config,
            ["registered_name"] = keras,
        }, s => KerasOperations.Joins(keras) ? [s.Inputs.Select(i => Operand(i, order)).ToList()]
            : [.. s.Inputs.Select(i => Operand(i, order))]);
    }

    static object? Operand(KerasOperand operand, KerasOrder order) => operand is KerasTensor value ? Tensor(value, order)
        : ConfigWriter.Number(((KerasOperand.Known)operand).Value);
}
