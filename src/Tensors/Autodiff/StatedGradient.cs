using Workbook.Tensors.Backends;

namespace Workbook.Tensors.Autodiff;

/// <summary>The gradient that a user states for a function: asked once in a backward pass, for all inputs.</summary>
sealed class StatedGradient(Tensor[] inputs, Func<Tensor, Tensor[]> gradient)
{
    Tensor[] stated = [];
    long pass;

    /// <summary>The node of the function's result; null when no tape follows it.</summary>
    public Node? Node { get; set; }

    /// <summary>The gradient of one input.</summary>
    public Tensor? Of(Tensor g, int index)
    {
        // By pass and not by g: the same g may come again while another tape records.
        if (pass != Node!.Pass)
        {
            using var reads = new VariableReads();
            (stated, pass) = (Pool.Outside(g, () => gradient(g)), Node.Pass);
            if (stated.Length != inputs.Length)
                throw new TapeException(
                    $"custom_gradient: expected {inputs.Length} gradients, one for each input. Received: {stated.Length}.");
            foreach (var part in stated) See(part, g, reads);
        }
        if (stated[index] is { } one && one.shape != inputs[index].shape)
            throw new ShapeException(
                $"custom_gradient: expected a gradient of the shape of its input, {inputs[index].shape}. Received: {one.shape}. "
                + "Where the function broadcasts, sum over the axes it stretched.");
        return stated[index];
    }

    /// <summary>Looks for variables whose value of an earlier moment the gradient was computed from.</summary>
    void See(Tensor? one, Tensor g, VariableReads reads)
    {
        if (one?.Lineage is not { CouldTrain: true } lineage
            || lineage.Variables.All(v => IsBehind(g, v) || inputs.Any(x => IsBehind(x, v)))) return;
        HashSet<Variable> known = [.. g.Origins(), .. inputs.SelectMany(x => x.Origins()), .. reads.Variables];
        foreach (var v in one.TrainableSources().Except(known))
            Snapshot.Note(v, known.FirstOrDefault(k => k.trainable), "a gradient that custom_gradient is told");
    }

    static bool IsBehind(Tensor tensor, Variable variable) => tensor.Lineage is { } from && Array.IndexOf(from.Variables, variable) >= 0;
}
