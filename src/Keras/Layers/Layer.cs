using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>A building block of a model: a computation and the weights it uses. Keras: keras.layers.Layer.</summary>
/// <remarks>
/// To make your own: hold variables and layers in fields (fields are ownership) and override <see cref="call(Tensor, bool)"/>; weights
/// whose
/// shape depends on the input are made with <see cref="add_weight"/> in <see cref="build(Shape)"/>, which runs before the first call.
/// </remarks>
[OnlyAs("quantization_config", "null")]
public abstract partial class Layer : Module
{
    readonly List<Weight> made = [];
    readonly string place;
    private protected (string Layer, Tensor Value)[] callLosses = [];

    /// <summary>A layer.</summary>
    /// <param name="name">Default: the name of the class in small letters, numbered.</param>
    protected Layer(string? name = null)
    {
        // Keras calls a model that is made of inputs and outputs functional.
        var isFunctional = GetType() is { Name: "Model" } own && own.Assembly == typeof(Layer).Assembly;
        this.name = LayerNames.Next(name, isFunctional ? "functional" : Spelling.Snake(GetType().Name));
        place = $"Layer '{this.name}'";
    }

    /// <summary>An input as the first entry of a <see cref="Sequential"/> model.</summary>
    public static implicit operator Layer(KerasTensor input) => new InputLayer(input);

    /// <summary>The type, the name and whether weights exist: <c>&lt;Dense name=dense, built=True&gt;</c>, as Keras writes it.</summary>
    public override string ToString() => $"<{GetType().Name} name={name}, built={built}>";

    /// <summary>The name in summaries, messages and the names of weights.</summary>
    public string name { get; }

    /// <summary>The element type of weights and of floating-point inputs, which are cast to it.</summary>
    public DType dtype { get; } = keras.config.floatx();

    /// <summary>Whether the weights have been made.</summary>
    public bool built { get; private set; }

    /// <summary>A penalty on every output, divided by the batch size.</summary>
    public Regularizer? activity_regularizer { get; init; }

    internal override bool HoldsWeights => true;

    /// <summary>The penalties on weights that train, and what the last call added; <c>layer.losses</c> reads it.</summary>
    internal IReadOnlyList<Tensor> OwnLosses => [.. callLosses.Select(l => l.Value), .. Penalties()];

    /// <summary>Runs the layer. Python: layer(inputs).</summary>
    /// <param name="inputs">A batch: the first axis counts samples.</param>
    /// <param name="training">Whether dropout drops and statistics are those of the batch; default: as the layer around it, or
    /// false.</param>
    public Tensor Apply(Tensor inputs, bool? training = null) => Single(Run([inputs], training));

    /// <summary>Runs the layer on several inputs. Python: layer([a, b]).</summary>
    /// <param name="inputs">Batches with the same first axis.</param>
    /// <param name="training">Whether dropout drops and statistics are those of the batch; default: as the layer around it, or
    /// false.</param>
    public Tensor Apply(Tensor[] inputs, bool? training = null) => Single(Run(inputs, training));

    /// <summary>Where the layer was first put into a graph.</summary>
    internal Step? Joined { get; set; }

    /// <summary>How often the layer was put into a graph.</summary>
    internal int Calls { get; set; }

    /// <summary>The shapes that came out when the weights were made; null before, and in a graph.</summary>
    internal Shape[]? FirstOutputs { get; private set; }

    internal virtual IEnumerable<KerasTensor>? GraphInputs => Joined?.SymbolicInputs;

    internal virtual IEnumerable<KerasTensor>? GraphOutputs => Joined?.Outputs;

    /// <summary>The one place in a graph that is asked for.</summary>
    internal KerasTensor Place(string what, IEnumerable<KerasTensor>? places, string all) => places is null
        ? throw new ModelException(
            $"Layer '{name}': expected a layer that stands in a graph, for .{what}. Received: one that was not put into any. "
                + "Call it on a keras.Input, or on what follows from one.")
        : places.ToArray() is [var one] ? one
        : throw new ModelException($"Layer '{name}': expected one {what}. Received: {places.Count()}. For a model use {all}.");

    /// <summary>Puts the layer into a functional model.</summary>
    public KerasTensor Apply(KerasTensor inputs) => Single(Step.Of(this, [inputs], null));

    /// <summary>Puts the layer into a functional model, on several inputs.</summary>
    public KerasTensor Apply(KerasTensor[] inputs) => Single(Step.Of(this, inputs, null));

    /// <summary>
    /// Puts the layer into a functional model, in training or not, whatever the model does. Python: base(inputs, training=False).
    /// </summary>
    /// <param name="inputs">A symbolic value.</param>
    /// <param name="training">Whether dropout drops and statistics are those of the batch.</param>
    public KerasTensor Apply(KerasTensor inputs, bool training) => Single(Step.Of(this, [inputs], training));

    /// <summary>Puts the layer into a functional model, on several inputs, in training or not, whatever the model does.</summary>
    /// <inheritdoc cref="Apply(KerasTensor, bool)"/>
    public KerasTensor Apply(KerasTensor[] inputs, bool training) => Single(Step.Of(this, inputs, training));

    /// <summary>Runs a layer that has several outputs.</summary>
    /// <param name="inputs">One or several batches.</param>
    /// <param name="training">Whether dropout drops and statistics are those of the batch; default: as the layer around it, or
    /// false.</param>
    public Tensor[] ApplyMany(Tensor[] inputs, bool? training = null) => Run(inputs, training);

    /// <summary>Puts a layer that has several outputs into a functional model.</summary>
    public KerasTensor[] ApplyMany(params KerasTensor[] inputs) => Step.Of(this, inputs, null);

    /// <summary>Makes the weights; runs once, before the first call. Override it to add weights whose shape depends on the
    /// input.</summary>
    /// <param name="input_shape">The shape of the input; the batch axis is −1.</param>
    public virtual void build(Shape input_shape)
    {
    }

    /// <summary>Makes the weights of a layer of several inputs; by default as for the first.</summary>
    /// <param name="input_shapes">The shapes of the inputs; the batch axes are −1.</param>
    public virtual void build(Shape[] input_shapes) => build(input_shapes[0]);

    /// <summary>The computation of a layer of one input and one output.</summary>
    /// <param name="inputs">A batch.</param>
    /// <param name="training">Whether this is a training step.</param>
    public virtual Tensor call(Tensor inputs, bool training) =>
        throw new ModelException(
            $"{GetType().Name}: expected an override of call(Tensor, bool) or call(Tensor[], bool). Received: neither.");

    /// <summary>The computation of a layer of several inputs or outputs; by default that of one input.</summary>
    /// <param name="inputs">The batches.</param>
    /// <param name="training">Whether this is a training step.</param>
    /// <exception cref="ModelException">Several inputs for a layer of one.</exception>
    public virtual Tensor[] call(Tensor[] inputs, bool training) => inputs.Length == 1 ? [call(inputs[0], training)]
        : throw new ModelException(
            $"Layer '{name}': expected one input. Received: {inputs.Length}. Join them first, for example with layers.Concatenate().");

    /// <summary>Whether what runs is a sample that only tells a graph its shapes: its numbers mean nothing, so a layer that keeps something
    /// of what it sees, such as a scale of the first batch, leaves it out. Use it inside of call.</summary>
    protected static bool IsSample => Step.IsSampling;

    /// <summary>Makes a weight that this layer owns. Keras: add_weight.</summary>
    /// <param name="shape">Default: a scalar.</param>
    /// <param name="initializer">Its first value; default Glorot uniform.</param>
    /// <param name="name">Appended to the layer's name.</param>
    /// <param name="regularizer">A penalty while the weight trains.</param>
    /// <param name="constraint">Where it may be.</param>
    /// <param name="trainable">Whether a fit moves it; false for statistics.</param>
    public Variable add_weight(Shape? shape = null, Initializer? initializer = null, string name = "weight",
        Regularizer? regularizer = null, Constraint? constraint = null, bool trainable = true)
    {
        WeightBudget.Take(shape ?? Shape.Scalar, $"{this.name}/{name}");
        var value = (initializer ?? new GlorotUniform()).Apply(shape ?? Shape.Scalar, dtype);
        var variable = Variable.Weight(value, trainable, $"{this.name}/{name}", frozen: !this.trainable);
        if (constraint is not null) Constraint.Attach(variable, constraint);
        made.Add(new(variable, regularizer, constraint));
        return variable;
    }

    /// <summary>Adds a term to the loss of this step. Use it inside of call.</summary>
    /// <param name="loss">A scalar.</param>
    /// <exception cref="ModelException">Outside of call: nothing would ever read it.</exception>
    public void add_loss(Tensor loss) => (CallContext.Current
        ?? throw new ModelException(
            $"add_loss: expected to be used while layer '{name}' is being called. Received: a loss outside of call. "
                + "For a penalty on a weight give add_weight a regularizer.")).Add(name, loss);

    /// <summary>The values of all weights, in the order of <see cref="Module.variables"/> (Keras: weights).</summary>
    public IReadOnlyList<Tensor> get_weights() => [.. variables.Select(w => tf.stop_gradient(w.value()))];

    /// <summary>Replaces the values of all weights.</summary>
    /// <param name="values">In the order of <see cref="Module.variables"/>; floating-point values are cast.</param>
    /// <exception cref="ArgumentException">Not as many as there are weights.</exception>
    /// <exception cref="ShapeException">A shape differs.</exception>
    public void set_weights(IEnumerable<Tensor> values)
    {
        var (targets, list) = (variables, values.ToList());
        if (targets.Count != list.Count)
            throw new ArgumentException(
                $"set_weights: expected {targets.Count} values "
                    + $"for '{name}' ({string.Join(", ", targets.Select(w => $"{w.name} {w.shape}"))}). Received: {list.Count}.");
        foreach (var (target, value) in targets.Zip(list)) target.assign(tf.cast(value, target.dtype));
    }

    /// <summary>The number of elements of all weights.</summary>
    public long count_params() => variables.Sum(w => (long)w.shape.Size);

    /// <summary>Runs build if that has not happened, and then call.</summary>
    internal Tensor[] Run(Tensor[] inputs, bool? training)
    {
        using var context = new CallContext(training, place, frozen: !trainable);
        inputs = Array.ConvertAll(inputs, Taken);
        var isFirst = !built;
        if (isFirst)
        {
            build(Array.ConvertAll(inputs, x => x.ndim == 0 ? x.shape : new Shape([-1, .. x.shape.Dims[1..]])));
            built = true;
        }
        // Before the call, which may take a mask away.
        var masks = Array.Exists(inputs, x => x.Mask is not null) ? Array.ConvertAll(inputs, x => x.Mask) : null;
        var outputs = call(inputs, context.Training);
        if (isFirst && !Step.IsSampling) FirstOutputs = Array.ConvertAll(outputs, y => y.shape);
        if (supports_masking || (hasMaskOfItsOwn ??= OverridesMask()))
            PutMasks(outputs, compute_masks(inputs, masks ?? new Tensor?[inputs.Length]));
        else if (masks?[0] is not null && !Array.Exists(outputs, y => y.Mask is not null)) SayMaskEnds();
        FirstNotFinite.See(name, outputs);
        if (activity_regularizer is not null)
            foreach (var output in outputs)
                context.Add(name, activity_regularizer.Apply(output) / (double)Math.Max(1, output.shape[0]));
        if (context.IsOutermost) callLosses = context.Losses;
        return outputs;
    }

    Tensor Taken(Tensor input)
    {
        var taken = Accept(input);
        if (!ReferenceEquals(taken, input)) taken.Mask = input.Mask;
        return taken;
    }

    /// <summary>Runs the layer, as evaluation does, and leaves no losses behind.</summary>
    internal Tensor[] Peek(Tensor[] inputs)
    {
        var kept = callLosses;
        try
        {
            return Run(inputs, null);
        }
        finally
        {
            callLosses = kept;
        }
    }

    /// <summary>The axis of the features, counted from the front.</summary>
    /// <exception cref="ShapeException">There is no such axis, or it is that of the batch.</exception>
    private protected int FeatureAxis(Shape input, int axis) => input.Axis(axis, $"Layer '{name}'") is > 0 and var found ? found
        : throw new ShapeException(
            $"Layer '{name}': expected an axis of features. Received: {axis} for shape {input}, which is that of the batch.");

    /// <summary>The weights with a regularizer, while neither they nor their owners are frozen.</summary>
    internal IEnumerable<Weight> Penalised() => Walk().Where(m => m.Trains && m.Module is Layer)
        .SelectMany(m => ((Layer)m.Module).made).Where(w => w.Regularizer is not null && w.Variable.trainable);

    /// <summary>The penalties on weights that train.</summary>
    internal IEnumerable<Tensor> Penalties() => Penalised().Select(w => w.Penalty());

    /// <summary>The weights, as opposed to variables that somebody brought in: what layers made, and the matrices that they
    /// hold.</summary>
    /// <remarks>
    /// A matrix in a field is a kernel that was made without add_weight; a number or a vector there may as well be an exponent or a
    /// strength for each feature.
    /// </remarks>
    internal IEnumerable<Variable> MadeWeights()
    {
        var modules = Walk().Select(m => m.Module).ToList();
        return modules.OfType<Layer>().SelectMany(l => l.made).Select(w => w.Variable)
            .Union(modules.Where(m => m.HoldsWeights).SelectMany(m => m.Held()).OfType<Variable>().Where(v => v.shape.Rank >= 2));
    }

    /// <summary>The variables that train and are not weights: somebody brought them in.</summary>
    internal IReadOnlyList<Variable> BroughtIn()
    {
        var made = MadeWeights().ToHashSet();
        return [.. trainable_variables.Where(v => !made.Contains(v))];
    }

    /// <summary>An input as call gets it: floating-point numbers in the layer's dtype.</summary>
    private protected virtual Tensor Accept(Tensor input) =>
        input.dtype.IsFloating() && input.dtype != dtype ? tf.cast(input, dtype) : input;

    /// <summary>The weights as Keras files hold them, each with its place below that of the layer: those that train first.</summary>
    internal virtual IEnumerable<(string Path, Variable Weight)> Stored() => made.Select(w => w.Variable)
        .Concat(Held().OfType<Variable>().Where(v => v.MadeByLayer || IsOwn)).Distinct().OrderBy(v => !v.WouldTrain)
        .Select((v, i) => ($"{(StoredIn is { } part ? part + "/" : "")}vars/{i}", v));

    /// <summary>The part of the layer under which Keras files hold its own weights: "cell" for what Keras makes a cell of.</summary>
    internal virtual string? StoredIn => null;

    /// <summary>What Keras calls the inputs, where it takes them one by one; the last name may stand for several. None: they come in a
    /// list.</summary>
    internal virtual string[] InputNames => [];

    /// <summary>Whether the class is somebody's own, so that a number in its fields is a weight.</summary>
    bool IsOwn => GetType().Assembly != typeof(Layer).Assembly;

    T Single<T>(T[] outputs) => outputs.Length == 1 ? outputs[0]
        : throw new ModelException($"Layer '{name}': expected one output. Received: {outputs.Length}. Use ApplyMany.");

    /// <summary>The weights first, then what the fields hold, then what belongs to the weights.</summary>
    internal override IEnumerable<object> Held() =>
        [.. made.Select(w => w.Variable), .. base.Held(),
            .. made.SelectMany(w => new Module?[] { w.Regularizer, w.Constraint }).OfType<Module>()];

    /// <summary>A weight, its penalty, and where it may be.</summary>
    internal readonly record struct Weight(Variable Variable, Regularizer? Regularizer, Constraint? Constraint)
    {
        readonly string place = $"The penalty on '{Variable.name}'";

        public Tensor Penalty()
        {
            var outer = Snapshot.Place;
            Snapshot.Place = place;
            var penalty = Regularizer!.Apply(Variable.value());
            Snapshot.Place = outer;
            return penalty;
        }
    }
}
