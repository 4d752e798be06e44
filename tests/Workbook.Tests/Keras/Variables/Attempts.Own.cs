using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Variables;

/// <summary>What a user may write himself: layers, models, losses and penalties that hold a variable in all ways C# has.</summary>
static partial class Attempts
{
    internal sealed class Wraps(Layer first) : Model
    {
        readonly Layer first = first, last = layers.Dense(1);

        public override Tensor call(Tensor inputs, bool training) => last.Apply(first.Apply(inputs));
    }

    internal sealed class OwnPenalty(Variable v) : Regularizer
    {
        public override Tensor Apply(Tensor x) => v * tf.reduce_sum(tf.square(x));
    }

    internal sealed class OwnLoss(Variable v) : Loss
    {
        public override Tensor call(Tensor y_true, Tensor y_pred) => v * keras.losses.mean_squared_error(y_true, y_pred);
    }

    internal sealed class DenseWithStrength(Variable v)
        : Dense(1, kernel_regularizer: regularizers.Lambda(w => v * tf.reduce_sum(tf.square(w))))
    {
        public readonly Variable strength = v;
    }

    internal sealed class DenseThatMakesItsStrength(double start) : Dense(1)
    {
        public Variable? Strength { get; private set; }

        public override void build(Shape input_shape)
        {
            base.build(input_shape);
            Strength = add_weight(initializer: initializers.Constant(start), name: "lam");
        }

        public override Tensor call(Tensor inputs, bool training)
        {
            add_loss(Strength! * tf.reduce_sum(tf.square(kernel!)));
            return base.call(inputs, training);
        }
    }

    internal sealed class DenseWithLateStrength : Dense
    {
        public DenseWithLateStrength() : this(new()) { }

        DenseWithLateStrength(Late late) : base(1, kernel_regularizer: late) => this.late = late;

        readonly Late late;

        public Variable? Strength
        {
            get => late.Strength;
            set => late.Strength = value;
        }

        sealed class Late : Regularizer
        {
            public Variable? Strength { get; set; }

            public override Tensor Apply(Tensor x) => (Strength?.value() ?? 0.01) * tf.reduce_sum(tf.square(x));
        }
    }

    internal sealed class ScalesByWeight(double start) : Layer
    {
        public Variable? Scale { get; private set; }

        public override void build(Shape input_shape) => Scale = add_weight(initializer: initializers.Constant(start), name: "scale");

        public override Tensor call(Tensor inputs, bool training) => inputs * Scale!;
    }

    internal sealed class AddsLoss(Variable v) : Layer
    {
        public override Tensor call(Tensor inputs, bool training)
        {
            add_loss(v * tf.reduce_mean(tf.square(inputs)));
            return inputs;
        }
    }

    internal sealed class Scales(Variable v) : Layer
    {
        public override Tensor call(Tensor inputs, bool training) => inputs * v;
    }

    internal sealed class HasKernel(Variable kernel) : Layer
    {
        public override Tensor call(Tensor inputs, bool training) => tf.matmul(inputs, kernel);
    }

    internal sealed class ScalesByList(Variable v) : Layer
    {
        readonly List<Variable> list = [v];

        public override Tensor call(Tensor inputs, bool training) => inputs * list[0];
    }

    internal sealed class ScalesByDictionary(Variable v) : Layer
    {
        readonly Dictionary<string, Dictionary<string, Variable>> named = new() { ["a"] = new() { ["b"] = v } };

        public override Tensor call(Tensor inputs, bool training) => inputs * named["a"]["b"];
    }

    internal sealed class ScalesByTuple(Variable v) : Layer
    {
        readonly (Variable V, int One) pair = (v, 1);

        public override Tensor call(Tensor inputs, bool training) => inputs * pair.V;
    }

    internal sealed class ScalesByModule(Variable v) : Layer
    {
        readonly Holder holder = new(v);

        public override Tensor call(Tensor inputs, bool training) => inputs * holder.V;

        sealed class Holder(Variable v) : Module
        {
            public Variable V { get; } = v;
        }
    }

    internal sealed class ScalesLater(Variable v) : Layer
    {
        readonly Func<Variable> find = () => v;
        Variable? found;

        public override Tensor call(Tensor inputs, bool training) => inputs * (found ??= find());
    }

    internal sealed class ScalesByObject(Variable v) : Layer
    {
        readonly Plain plain = new() { V = v };

        public override Tensor call(Tensor inputs, bool training) => inputs * plain.V;

        sealed class Plain
        {
            public required Variable V { get; init; }
        }
    }

    internal sealed class MakesAnew : Layer
    {
        public override Tensor call(Tensor inputs, bool training) => inputs * tf.Variable(0.3, name: "v");
    }

    internal sealed class OwnsForItsLoss(Variable v) : Model
    {
        readonly Dense dense = layers.Dense(1);

        public Variable V { get; } = v;

        public override Tensor call(Tensor inputs, bool training) => dense.Apply(inputs);
    }

    internal sealed class OwnModel : Model
    {
        readonly Dense dense = layers.Dense(1);

        public Variable? V;

        public List<Variable>? List { get; init; }

        public Dictionary<string, Variable>? Named { get; init; }

        public override Tensor call(Tensor inputs, bool training) =>
            dense.Apply(inputs) * ((V ?? List?[0] ?? Named?["v"]) is { } v ? v.value() : 1.0);
    }
}
