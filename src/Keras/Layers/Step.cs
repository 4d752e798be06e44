namespace Workbook.Keras;

/// <summary>One step of a functional model: a layer or an op, what goes in, and what comes out. It was run once, on samples.</summary>
sealed class Step
{
    Step(string name, Layer? layer, Func<Tensor[], Tensor[]> run, KerasOperand[] inputs, Variable[] reads, Tensor[] samples)
    {
        (Name, Layer, Run, Inputs, Reads) = (name, layer, run, inputs, reads);
        Outputs = Array.ConvertAll(samples, s => new KerasTensor(s, this, name));
    }

    public string Name { get; }

    public Layer? Layer { get; }

    public Func<Tensor[], Tensor[]> Run { get; }

    public KerasOperand[] Inputs { get; }

    public KerasTensor[] Outputs { get; }

    /// <summary>The variables that the step read: how a model finds those that nobody else owns.</summary>
    public Variable[] Reads { get; }

    public IEnumerable<KerasTensor> SymbolicInputs => Inputs.OfType<KerasTensor>();

    public static KerasTensor Of(string op, Func<Operand, Tensor> run, KerasOperand x) => Take(op, null, xs => [run(xs[0])], [x])[0];

    public static KerasTensor Of(string op, Func<Operand, Operand, Tensor> run, KerasOperand a, KerasOperand b) => Take(op, null, xs => [run(xs[0], xs[1])], [a, b])[0];

    /// <param name="op">The name.</param>
    /// <param name="run">Gets a null where an optional operand is missing.</param>
    /// <param name="xs">The operands.</param>
    public static KerasTensor Of(string op, Func<Tensor?[], Tensor> run, KerasOperand?[] xs) => OfSeveral(op, ts => [run(ts)], xs)[0];

    public static KerasTensor[] OfSeveral(string op, Func<Tensor?[], Tensor[]> run, KerasOperand?[] xs)
    {
        int[] given = [.. Enumerable.Range(0, xs.Length).Where(i => xs[i] is not null)];
        return Take(op, null, ts =>
        {
            var all = new Tensor?[xs.Length];
            for (var i = 0; i < given.Length; i++) all[given[i]] = ts[i];
            return run(all);
        }, Array.ConvertAll(given, i => xs[i]!));
    }

    public static KerasTensor[] Of(Layer layer, KerasTensor[] inputs)
    {
        var outputs = Take(layer.name, layer, xs => layer.Run(xs, null), inputs);
        layer.Joined ??= outputs[0].Step;
        return outputs;
    }

    static KerasTensor[] Take(string name, Layer? layer, Func<Tensor[], Tensor[]> run, KerasOperand[] inputs)
    {
        using var reads = new VariableReads();
        var samples = run(Array.ConvertAll(inputs, x => x is KerasTensor t ? t.Sample : ((KerasOperand.Known)x).Value));
        // A function that is a regularizer tells its variables only when it runs.
        foreach (var penalty in layer?.Penalties() ?? []) _ = penalty;
        return new Step(name, layer, run, inputs, [.. reads.Variables], samples).Outputs;
    }
}
