namespace Workbook.Keras;

/// <summary>What layers of attention share: a call may be causal.</summary>
public abstract class Attending : Joining
{
    /// <summary>The argument of a call that says so.</summary>
    internal const string CausalArgument = "use_causal_mask";

    [ThreadStatic] static bool causal;

    private protected Attending(string? name) : base(name)
    {
    }

    /// <summary>Whether the call that runs is causal.</summary>
    private protected static bool IsCausal => causal;

    /// <summary>Runs the layer. Python: layer([query, value], use_causal_mask=True).</summary>
    /// <param name="inputs">Batches with the same first axis.</param>
    /// <param name="training">Whether weights are dropped; default: as the layer around it, or false.</param>
    /// <param name="use_causal_mask">Whether a query sees only values up to its own place.</param>
    public Tensor Apply(Tensor[] inputs, bool? training = null, bool use_causal_mask = false) =>
        Run(inputs, training, use_causal_mask) is var outputs && outputs.Length == 1 ? outputs[0]
            : throw new ModelException($"Layer '{name}': expected one output. Received: {outputs.Length}. Use ApplyMany.");

    /// <summary>Puts the layer into a functional model.</summary>
    /// <param name="inputs">Symbolic values.</param>
    /// <param name="training">Whether weights are dropped, whatever the model does; default: as the model.</param>
    /// <param name="use_causal_mask">Whether a query sees only values up to its own place.</param>
    public KerasTensor Apply(KerasTensor[] inputs, bool? training = null, bool use_causal_mask = false) =>
        Step.Of(this, inputs, training, xs => Run(xs, training, use_causal_mask),
            use_causal_mask ? [(CausalArgument, true)] : [])[0];

    Tensor[] Run(Tensor[] inputs, bool? training, bool isCausal)
    {
        var outer = causal;
        causal = isCausal;
        try
        {
            return Run(inputs, training);
        }
        finally
        {
            causal = outer;
        }
    }
}
