using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>
/// The losses of all outputs, their weights, and the running mean of each. A module: variables among the weights belong to the model.
/// </summary>
sealed class CompiledLoss(LossesPerOutput? losses, WeightsPerOutput? weights) : Module
{
    readonly LossesPerOutput? losses = losses;
    readonly WeightsPerOutput? weights = weights;
    readonly Dictionary<string, Mean> means = [];

    Loss?[]? byOutput;
    Hyperparameter?[] weightByOutput = [];

    /// <summary>The losses of the last batch by output, weighted; what diagnoses name.</summary>
    public List<(string Name, Tensor Value)> Terms { get; } = [];

    /// <summary>The running mean of the whole loss.</summary>
    public Mean Total { get; } = new("loss");

    /// <summary>The losses, as compile got them.</summary>
    public LossesPerOutput? Losses => losses;

    /// <summary>Their weights, as compile got them.</summary>
    public WeightsPerOutput? Weights => weights;

    /// <summary>Whether compile got a loss; a step of one's own needs none.</summary>
    public bool Given => losses is not null;

    /// <summary>Σ weight · loss over the outputs; null without any loss.</summary>
    public Tensor? Apply(Batch? y, Tensor[] y_pred, Batch? sample_weight, IReadOnlyList<string> outputs, bool[] wanted)
    {
        if (losses is null) return null;
        byOutput ??= Resolve(outputs);
        if (byOutput.All(l => l is null)) return null;
        if (y is null) throw new ModelException("Expected targets y, since the model is compiled with a loss. Received: none.");
        var targets = y.Targets(outputs, wanted);
        Tensor? total = null;
        Terms.Clear();
        for (var i = 0; i < byOutput.Length; i++)
        {
            if (byOutput[i] is not { } loss) continue;
            var name = $"the loss of output '{outputs[i]}'";
            Snapshot.Place = name;
            var value = loss.Apply(targets[i]!, y_pred[i], WeightOf(sample_weight, i, outputs));
            Snapshot.Place = null;
            if (outputs.Count > 1 && !Probe.IsOpen) Track(outputs[i] + "_loss", value, y_pred[i].shape[0]);
            if (weightByOutput[i] is { } weight) value = weight.value(value.dtype) * value;
            Terms.Add((name, value));
            total = total is null ? value : total + value;
        }
        return total;
    }

    /// <summary>Whether an output has a loss.</summary>
    public bool Has(IReadOnlyList<string> outputs, int output) => losses is not null && (byOutput ??= Resolve(outputs))[output] is not null;

    /// <summary>The weight of the samples for one output; a single one counts for all.</summary>
    public static Tensor? WeightOf(Batch? weight, int output, IReadOnlyList<string> outputs) =>
        weight is null ? null : weight.Count == 1 ? weight[0] : weight.InOrderOf(outputs, "outputs")[output];

    public IEnumerable<(string Name, double Value)> Results() => means.Select(m => (m.Key, m.Value.Value)).Prepend(("loss", Total.Value));

    public void Reset()
    {
        Total.reset_state();
        foreach (var mean in means.Values) mean.reset_state();
    }

    /// <summary>Those given too: before the first batch has said which outputs there are, they are the only ones.</summary>
    internal override IEnumerable<object> Held() =>
        [.. base.Held(), .. (losses ?? []).OfType<Module>(), .. (weights ?? []).OfType<Module>()];

    Loss?[] Resolve(IReadOnlyList<string> outputs)
    {
        // A negative number is the caller's choice; a variable that gets there has no lower bound to stop it.
        weightByOutput = Array.ConvertAll(weights?.Each(outputs) ?? new Hyperparameter?[outputs.Count],
            w => w?.Number is null ? w?.Within("loss_weights", low: 0) : w);
        return losses!.For(outputs, "loss");
    }

    void Track(string name, Tensor value, int samples)
    {
        if (!means.TryGetValue(name, out var mean)) means.Add(name, mean = new());
        mean.Add((double)value, samples);
    }
}
