using System.Runtime.CompilerServices;

namespace Workbook.Keras;

/// <summary>Any code of ops as a layer; variables that it reads belong to the layer, and train. Keras: keras.layers.Lambda.</summary>
public sealed class Lambda : Layer
{
    readonly Func<IReadOnlyList<Tensor>, bool, Tensor> function;
    readonly List<Variable> read = [];

    /// <summary>A layer made of a function.</summary>
    /// <param name="function">From one batch to another.</param>
    /// <param name="name">Default lambda, lambda_1, …</param>
    public Lambda(Func<Tensor, Tensor> function, string? name = null) : base(name) => this.function = (xs, _) => function(xs[0]);

    /// <summary>A layer made of a function of several inputs.</summary>
    /// <param name="function">From the batches to one: <c>v =&gt; v[0] - v[1]</c>. A function that could take either one batch or several
    /// is taken for this one.</param>
    /// <param name="name">Default lambda, lambda_1, …</param>
    [OverloadResolutionPriority(1)]
    public Lambda(Func<IReadOnlyList<Tensor>, Tensor> function, string? name = null) : base(name) => this.function = (xs, _) =>
        function(new Inputs(this.name, xs));

    /// <summary>A layer made of a function that behaves differently in training.</summary>
    /// <param name="function">From one batch, and whether this is training, to another.</param>
    /// <param name="name">Default lambda, lambda_1, …</param>
    public Lambda(Func<Tensor, bool, Tensor> function, string? name = null) : base(name) => this.function = (xs, training) =>
        function(xs[0], training);

    internal override bool Borrows => true;

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor[] call(Tensor[] inputs, bool training)
    {
        using var reads = new VariableReads();
        var output = function(inputs, training);
        foreach (var variable in reads.Variables)
            if (!read.Contains(variable)) read.Add(variable);
        return [output];
    }

    /// <summary>The inputs of the layer, which say what is missing.</summary>
    sealed class Inputs(string layer, IReadOnlyList<Tensor> all) : IReadOnlyList<Tensor>
    {
        public int Count => all.Count;

        public Tensor this[int index] => index >= 0 && index < all.Count ? all[index]
            : throw new ModelException($"Layer '{layer}': expected an input {index}, counted from 0, since its function asks for it. "
                + $"Received: {all.Count} inputs. Write Apply([a, b]); for a row of one input write (Tensor t) => t[{index}].");

        public IEnumerator<Tensor> GetEnumerator() => all.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
