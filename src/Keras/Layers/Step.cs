using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>One step of a functional model: a layer or an op, what goes in, and what comes out. It was run once, on samples.</summary>
sealed class Step
{
    Step(string name, Layer? layer, Func<Tensor[], Tensor[]> run, KerasOperand[] inputs, Variable[] reads, Tensor[] samples)
    {
        (Name, Layer, Run, Inputs, Reads, Place) = (name, layer, run, inputs, reads, $"The step '{name}' between layers");
        Outputs = Array.ConvertAll(samples, s => new KerasTensor(s, this, name));
    }

    static readonly AsyncLocal<bool> sampling = new();

    /// <summary>Whether what runs now is a sample that only tells shapes: it leaves no state behind.</summary>
    public static bool IsSampling => sampling.Value;

    static T Sampled<T>(Func<T> run)
    {
        var outer = sampling.Value;
        sampling.Value = true;
        try
        {
            return run();
        }
        finally
        {
            sampling.Value = outer;
        }
    }

    public string Name { get; }

    /// <summary>What messages call it.</summary>
    public string Place { get; }

    public Layer? Layer { get; }

    /// <summary>Which of the calls of its layer this is, counted over all graphs.</summary>
    public int Call { get; private init; }

    /// <summary>Whether the layer was put there to be in training, or not to be, whatever the model does.</summary>
    public bool? Training { get; private init; }

    /// <summary>What an op or a layer was called with besides what goes in: the axis of a mean.</summary>
    public (string Name, object? Value)[] Options { get; private init; } = [];

    public Func<Tensor[], Tensor[]> Run { get; }

    public KerasOperand[] Inputs { get; }

    public KerasTensor[] Outputs { get; }

    /// <summary>Whether the step has seen a batch of another size.</summary>
    bool Asked { get; set; }

    /// <summary>The variables that the step read: how a model finds those that nobody else owns.</summary>
    public Variable[] Reads { get; }

    public IEnumerable<KerasTensor> SymbolicInputs => Inputs.OfType<KerasTensor>();

    public static KerasTensor Of(string op, Func<Operand, Tensor> run, KerasOperand x) => Take(op, null, xs => [run(xs[0])], [x])[0];

    public static KerasTensor Of(string op, Func<Operand, Operand, Tensor> run, KerasOperand a, KerasOperand b) =>
        Take(op, null, xs => [run(xs[0], xs[1])], [a, b])[0];

    /// <param name="op">The name.</param>
    /// <param name="run">Gets a null where an optional operand is missing.</param>
    /// <param name="xs">The operands.</param>
    /// <param name="options">What the op was called with besides.</param>
    public static KerasTensor Of(string op, Func<Tensor?[], Tensor> run, KerasOperand?[] xs,
        params (string Name, object? Value)[] options) =>
        OfSeveral(op, ts => [run(ts)], xs, options)[0];

    public static KerasTensor[] OfSeveral(string op, Func<Tensor?[], Tensor[]> run, KerasOperand?[] xs,
        params (string Name, object? Value)[] options)
    {
        int[] given = [.. Enumerable.Range(0, xs.Length).Where(i => xs[i] is not null)];
        return Take(op, null, ts =>
        {
            var all = new Tensor?[xs.Length];
            for (var i = 0; i < given.Length; i++) all[given[i]] = ts[i];
            return run(all);
        }, Array.ConvertAll(given, i => xs[i]!), options: options);
    }

    /// <param name="layer">The layer.</param>
    /// <param name="inputs">What goes in.</param>
    /// <param name="training">Whether it is in training there, whatever the model does.</param>
    /// <param name="run">How it runs there; default: as ever.</param>
    /// <param name="options">What the layer is called with besides.</param>
    public static KerasTensor[] Of(Layer layer, KerasTensor[] inputs, bool? training, Func<Tensor[], Tensor[]>? run = null,
        (string Name, object? Value)[]? options = null)
    {
        var outputs = Take(layer.name, layer, run ?? (xs => layer.Run(xs, training)), inputs, training, options);
        layer.Joined ??= outputs[0].Step;
        return outputs;
    }

    /// <summary>The same operation on other places.</summary>
    public KerasTensor[] On(KerasTensor[] places)
    {
        var given = 0;
        KerasOperand[] inputs = [.. Inputs.Select(i => i is KerasTensor ? places[given++] : i)];
        return Take(Name, Layer, Run, inputs, Training, Options);
    }

    static KerasTensor[] Take(string name, Layer? layer, Func<Tensor[], Tensor[]> run, KerasOperand[] inputs, bool? training = null,
        (string, object?)[]? options = null)
    {
        using var reads = new VariableReads();
        var samples = Sampled(() => run(Array.ConvertAll(inputs, x => x is KerasTensor t ? t.Sample : ((KerasOperand.Known)x).Value)));
        WeightBudget.Look(samples, name);
        if (layer is null && !Array.Exists(samples, s => s.Mask is not null)
            && Array.Exists(inputs, x => x is KerasTensor { Sample.Mask: not null }))
        {
            Warnings.Once("mask:" + name,
                $"The step '{name}' between layers gets a value with a mask and does not pass it on, as in Keras: "
                + "what follows counts the steps that are masked out. A layer does, for example layers.Add().", samples[0]);
        }
        // A function that is a regularizer tells its variables only when it runs.
        foreach (var penalty in layer?.Penalties() ?? []) _ = penalty;
        return new Step(name, layer, run, inputs, [.. reads.Variables], samples)
        {
            Training = training,
            Options = options ?? [],
            Call = layer is null ? 0 : layer.Calls++,
        }.Outputs;
    }

    /// <summary>
    /// Runs this step, and those before it, for a batch of another size, which tells the axes of the batch. It leaves no trace.
    /// </summary>
    public void RunLonger()
    {
        // With a stack of its own: a model may be deeper than the call stack.
        var open = new Stack<Step>([this]);
        while (open.TryPeek(out var step))
        {
            Step[] first = [.. step.SymbolicInputs.Select(i => i.Step).OfType<Step>().Where(s => !s.Asked)];
            if (!step.Asked && first.Length > 0) Array.ForEach(first, open.Push);
            else if (open.Pop() is { Asked: false } ready) ready.AskLonger();
        }
    }

    void AskLonger()
    {
        Asked = true;
        var inputs = Array.ConvertAll(Inputs, x => x is KerasTensor t ? t.Longer : ((KerasOperand.Known)x).Value);
        if (inputs.Contains(null)) return;
        using var unseen = Recording.Suspend();
        using var drawn = RandomOps.Aside();
        try
        {
            var outputs = Sampled(() => Layer is null ? Run(inputs!) : Layer.Peek(inputs!));
            for (var i = 0; i < outputs.Length; i++) Outputs[i].Longer = outputs[i];
        }
        catch (Exception e)
        {
            Warnings.Once("rows:" + Name, $"The step '{Name}' runs for a batch of {KerasTensor.SampleRows} rows "
                + $"but not for one of {KerasTensor.LongerRows}: {e.Message} "
                + "A model meets batches of any size; take their number of rows from the batch itself, as x.shape[0].", this);
        }
    }
}
