using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>The steps between the inputs and the outputs of a functional model, in an order in which they can run.</summary>
sealed class Graph : Module
{
    // What the steps read and no layer owns: a field, so that the model owns it.
    readonly List<Variable> adopted = [];
    readonly Layer[] layers;
    readonly Beside beside;
    readonly Dictionary<KerasTensor, int> places = [];
    readonly Step[] steps;
    readonly Func<Tensor[], Tensor>[][] sources;
    readonly int[] firstOutputs;

    /// <exception cref="ModelException">An output depends on an input that was not given.</exception>
    public Graph(KerasTensor[] inputs, KerasTensor[] outputs)
    {
        (Inputs, Outputs) = (inputs, outputs);
        foreach (var input in inputs)
            if (!places.TryAdd(input, places.Count))
                throw new ModelException($"Model: expected each input once. Received: '{input.name}' twice.");
        var ordered = new List<Step>();
        foreach (var output in outputs) Visit(output, ordered);
        steps = [.. ordered];
        if (Array.Find(inputs, i => i.IsOpen) is { } open) TakesAnyLength(open, outputs);
        layers = [.. steps.Select(s => s.Layer).OfType<Layer>().Distinct()];
        // Looked up once here and not in every step.
        sources = [.. steps.Select(s => s.Inputs.Select(Source).ToArray())];
        firstOutputs = [.. steps.Select(s => places[s.Outputs[0]])];
        var owned = layers.SelectMany(l => l.variables).ToHashSet();
        adopted.AddRange(steps.SelectMany(s => s.Reads).Where(v => !owned.Contains(v)).Distinct());
        beside = new([.. steps.Where(s => s.Layer is null).SelectMany(s => s.Reads).Where(owned.Contains).Distinct()]);
    }

    internal override bool HoldsWeights => true;

    public KerasTensor[] Inputs { get; }

    public KerasTensor[] Outputs { get; }

    public IReadOnlyList<Layer> Layers => layers;

    public IReadOnlyList<Step> Steps => steps;

    internal override bool Borrows => true;

    public Tensor[] Run(Tensor[] inputs)
    {
        var values = new Tensor[places.Count];
        inputs.CopyTo(values, 0);
        // None where somebody calls call itself.
        var context = CallContext.Current;
        var place = context?.Place;
        for (var i = 0; i < steps.Length; i++)
        {
            var mark = Adoption.Mark();
            if (context is not null) context.Place = steps[i].Place;
            var outputs = steps[i].Run(Array.ConvertAll(sources[i], read => read(values)));
            if (context is not null) context.Place = place!;
            if (steps[i].Layer is null) Adoption.Since(mark, adopted);
            FirstNotFinite.See(steps[i].Name, outputs);
            outputs.CopyTo(values, firstOutputs[i]);
        }
        return Array.ConvertAll(Outputs, o => values[places[o]]);
    }

    /// <summary>The variables that the steps read although a layer owns them too: they train here when that layer is frozen.</summary>
    sealed class Beside(List<Variable> variables) : Module
    {
        readonly List<Variable> read = variables;

        internal override bool Borrows => true;
    }

    Func<Tensor[], Tensor> Source(KerasOperand input)
    {
        if (input is KerasOperand.Known known) return _ => known.Value;
        var place = places[(KerasTensor)input];
        return values => values[place];
    }

    /// <summary>A layer may have made weights for the length of the sample; then another length fails, which is said here and
    /// now.</summary>
    static void TakesAnyLength(KerasTensor open, KerasTensor[] outputs)
    {
        foreach (var output in outputs)
        {
            _ = output.shape;
            if (output.Longer is null)
                throw new ModelException($"Model: expected layers that take samples of any length, since the input '{open.name}' of shape "
                    + $"{open.shape} leaves it open. Received: '{output.name}', which follows from one that does not. "
                    + "State the length, or let a recurrent or a pooling layer stand before it.");
        }
    }

    /// <summary>Depth first with a stack of its own: a model may be deeper than the call stack.</summary>
    void Visit(KerasTensor output, List<Step> ordered)
    {
        var stack = new Stack<(KerasTensor Value, bool Ready)>([(output, false)]);
        while (stack.TryPop(out var top))
        {
            if (places.ContainsKey(top.Value)) continue;
            var step = top.Value.Step ?? throw new ModelException(
                $"Model: expected every input that an output depends on. "
                    + $"Received: inputs {string.Join(", ", Inputs.Select(i => $"'{i.name}'"))}, but an output needs '{top.Value.name}'.");
            if (top.Ready)
            {
                ordered.Add(step);
                foreach (var made in step.Outputs) places.Add(made, places.Count);
                continue;
            }
            stack.Push((top.Value, true));
            foreach (var input in step.SymbolicInputs.Reverse()) stack.Push((input, false));
        }
    }
}
