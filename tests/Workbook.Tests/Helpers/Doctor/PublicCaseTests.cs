using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers;

/// <summary>
/// Learned variables that did not learn, as people have reported them in public: each imitates the cause of one thread in a few lines of
/// our own, and the doctor must name it.
/// </summary>
[Trait("speed", "slow")]
public sealed class PublicCaseTests
{
    static readonly Tensor x, y, wide, heights;

    static PublicCaseTests()
    {
        var random = new SplitMix64(7);
        Tensor Normal(params int[] shape) => tf.reshape(tf.cast(Tensor.FromSpan<double>(
            Enumerable.Range(0, shape.Aggregate((a, b) => a * b)).Select(_ => random.NextNormal()).ToArray(),
            new Shape([shape.Aggregate((a, b) => a * b)])), tf.float32), new Shape(shape));
        (x, wide) = (Normal(64, 4), Normal(64, 1));
        y = tf.reduce_sum(x * tf.constant(new[] { 1f, -2f, 0.5f, 1.5f }), axis: 1, keepdims: true) + 0.1 * wide;
        heights = Normal(64);
    }

    static Variable Number(double value, string name = "v", bool trainable = true) => tf.Variable(value, name: name, trainable: trainable);

    static Model Compiled(Model model, Optimizer? optimizer = null, Loss? loss = null)
    {
        model.compile(optimizer ?? optimizers.SGD(0.01), loss is null ? "mse" : loss);
        return model;
    }

    static Model Net(Func<KerasTensor, KerasTensor> body)
    {
        var inputs = keras.Input(4);
        return keras.Model(inputs, body(inputs));
    }

    static void Named(DoctorReport report, string variable, string check, Fate? fate, params string[] words)
    {
        var row = report[variable];
        Assert.True(row.Findings.Any(f => f.Check == check && words.All(w => f.Cause.Contains(w, StringComparison.Ordinal))),
            $"expected {check} with '{string.Join("', '", words)}':\n{report}");
        Assert.True(fate is null || row.Fate == fate, $"expected {fate}:\n{report}");
        Assert.Throws<DoctorException>(() => report.ThrowIfAny());
    }

    /// <summary>keras-team/keras pull request 4827: a strength given as a variable becomes a constant of the graph.</summary>
    [Fact]
    public void A_strength_cast_to_a_constant_is_frozen()
    {
        var v = Number(0.01, "strength");
        var model = Compiled(keras.Sequential([keras.Input(4), layers.Dense(1, kernel_regularizer: regularizers.l2((double)v))]));
        Named(Doctor.Examine(model, x, y, variables: [v]), "strength", "D2", Fate.Frozen, "taken once");
    }

    /// <summary>keras-team/keras issue 16797: a layer's function uses a variable that lives outside of the layer.</summary>
    [Fact]
    public void A_variable_in_a_closure_belongs_to_nobody()
    {
        var v = Number(1, "outside");
        var model = Compiled(keras.Sequential([keras.Input(4), layers.Dense(1)]),
            loss: losses.Lambda((t, p) => v * tf.reduce_mean(tf.square(t - p))));
        Named(Doctor.Examine(model, x, y), "outside", "D1", Fate.Untrained, "nobody owns it");
    }

    /// <summary>kornia/kornia issue 673: the parameter of an augmentation is sampled, and the sample is detached.</summary>
    [Fact]
    public void A_sampled_value_that_is_detached_is_named()
    {
        var v = Number(0.3, "brightness");
        var model = Compiled(Net(i => layers.Dense(1).Apply(i.Then(t => t * (1 + tf.stop_gradient(v * tf.random.uniform((1, 1))))))));
        var report = Doctor.Examine(model, x, y);
        Named(report, "brightness", "D2", Fate.Untrained, "stop_gradient");
        Named(report, "brightness", "D3", Fate.Untrained, "detached");
    }

    /// <summary>pytorch/pytorch issue 40983: an op on the way has no gradient, and says nothing.</summary>
    [Fact]
    public void An_op_that_loses_the_gradient_is_named()
    {
        var v = Number(1.4, "levels");
        var model = Compiled(Net(i => layers.Dense(1).Apply(i.Then(t => t * tf.floor(v * 4) / 4))));
        Named(Doctor.Examine(model, x, y), "levels", "D2", Fate.Untrained, "'floor'");
    }

    /// <summary>bartbussmann/BatchTopK issue 2: the stated gradient is that of the threshold, and the parameter is its logarithm.</summary>
    [Fact]
    public void A_missing_factor_of_the_chain_rule_is_named()
    {
        var v = Number(Math.Log(0.05), "log_threshold");
        var threshold = tf.custom_gradient(t => (tf.exp(t), g => g));
        var report = Doctor.Examine(() => tf.reduce_mean(tf.square(heights * tf.sigmoid((tf.abs(heights) - threshold(v)) * 5.0) - heights)),
            [v], optimizers.SGD(0.01));
        Named(report, "log_threshold", "D3", Fate.Removed, "chain rule", "1/exp(v)");
    }

    /// <summary>The same with a hard gate, whose gradient a kernel of 1 estimates.</summary>
    [Fact]
    public void A_missing_factor_behind_a_hard_gate_is_named()
    {
        var v = Number(Math.Log(0.05), "log_threshold");
        var many = tf.random.normal(2000, seed: 1);
        var gate = tf.custom_gradient((Tensor[] xs) =>
        {
            var (z, log) = (xs[0], xs[1]);
            var threshold = tf.exp(log);
            var open = tf.cast(z > threshold, tf.float32);
            var band = tf.cast(tf.abs(z - threshold) < 0.1, tf.float32) / 0.2;
            // The derivative by the threshold, given for its logarithm.
            return (z * open, g => [g * open, -tf.reduce_sum(g * band * z)]);
        });
        var report = Doctor.Examine(() => tf.reduce_mean(gate([many, v])) * 100, [v], optimizers.SGD(0.01));
        Named(report, "log_threshold", "D3", Fate.Removed, "chain rule");
    }

    /// <summary>sangmichaelxie/doremi issue 33: what is differentiated is not the objective that is reported.</summary>
    [Fact]
    public void Another_objective_that_is_differentiated_is_named()
    {
        var v = Number(0.7, "share");
        var (hard, easy) = (tf.constant(1.3f), tf.constant(0.2f));
        // The share is meant to weigh both; its gradient comes from a penalty alone.
        var report = Doctor.Examine(() => tf.stop_gradient(v) * hard + (1 - tf.stop_gradient(v)) * easy + 0.1 * tf.square(v - 1), [v],
            optimizers.SGD(0.1));
        Named(report, "share", "D3", Fate.Removed, "another objective");
    }

    /// <summary>PrimeIntellect-ai/prime-rl pull request 2953: the bias of the experts was a buffer that nothing updated.</summary>
    [Fact]
    public void A_buffer_that_nothing_updates_is_frozen()
    {
        var model = Compiled(keras.Sequential([keras.Input(4), new Router(), layers.Dense(1)]));
        var report = Doctor.Examine(model, x, y);
        Assert.Equal(Fate.Frozen, report["expert_bias"].Fate);
        Assert.Contains("trainable: false", report["expert_bias"].Cause, StringComparison.Ordinal);
        var bias = model.non_trainable_variables[0];
        Named(Doctor.Examine(model, x, y, variables: [bias]), "expert_bias", "D1", Fate.Frozen, "nothing wrote it");
    }

    sealed class Router : Layer
    {
        readonly Variable bias = tf.Variable(tf.zeros(4), trainable: false, name: "expert_bias");

        public override Tensor call(Tensor inputs, bool training) => inputs * tf.nn.softmax(inputs + bias);
    }

    /// <summary>THUDM/slime issue 397: a coefficient is read, its term is computed, and only the shape of it is used.</summary>
    [Fact]
    public void A_coefficient_that_is_read_and_never_used_is_named()
    {
        var v = Number(0.1, "kl_coef");
        var model = Compiled(Net(i => layers.Dense(1).Apply(i.Then(t => t * tf.ones_like(v * t)))));
        Named(Doctor.Examine(model, x, y, variables: [v]), "kl_coef", "D5", Fate.Untrained, "dropped");
    }

    /// <summary>NVIDIA/TransformerEngine pull request 3551: one path drops the sink, which its start at zero hides.</summary>
    [Fact]
    public void A_sink_that_one_path_drops_is_named()
    {
        var model = Compiled(keras.Sequential([keras.Input(4), new Sink(dropped: true), layers.Dense(1)]));
        Named(Doctor.Examine(model, x, y), "sink", "D5", Fate.Untrained, "path of training leaves");
        var sound = Compiled(keras.Sequential([keras.Input(4), new Sink(dropped: false), layers.Dense(1)]));
        Doctor.Examine(sound, x, y).ThrowIfAny();
    }

    sealed class Sink(bool dropped) : Layer
    {
        readonly Variable sink = tf.Variable(0.0, name: "sink");

        public override Tensor call(Tensor inputs, bool training)
        {
            var exp = tf.exp(inputs);
            var all = tf.reduce_sum(exp, axis: -1, keepdims: true);
            var with = all + tf.exp(sink);
            return inputs * exp / (dropped && training ? all + tf.exp(0.0 * sink) : with);
        }
    }

    /// <summary>tokenbender/mHC issue 2: logits begin at −8 before a softmax of a low temperature, and never move.</summary>
    [Fact]
    public void A_saturated_start_is_named()
    {
        var v = tf.Variable(new[] { 0f, -8f, -8f, -8f }, name: "H_res_logits");
        var model = Compiled(Net(i => layers.Dense(1).Apply(i.Then(t => t * tf.nn.softmax(v / 0.05)))));
        Named(Doctor.Examine(model, x, y), "H_res_logits", "D5", Fate.Untrained, "acts where no value lies");
        var gate = Number(-8, "gate");
        var gated = Compiled(Net(i => layers.Dense(1).Apply(i.Then(t => t * tf.sigmoid(gate)))));
        Named(Doctor.Examine(gated, x, y), "gate", "D6", Fate.Untrained, "plateau");
    }

    /// <summary>decoderesearch/SAELens pull request 728: in bfloat16 a step of 7e-5 near 1.1 is rounded away.</summary>
    [Fact]
    public void A_step_that_is_rounded_away_is_named()
    {
        var v = Number(1.1, "threshold");
        DoctorReport Examined(Optimizer optimizer, NumberFormat kept) => Doctor.Examine(
            () => tf.reduce_mean(tf.square(tf.nn.softplus(heights - v) - 0.5)), [v], optimizer, options: new() { KeptAs = kept });
        Named(Examined(optimizers.Adam(7e-5), NumberFormat.BFloat16), "threshold", "D6", Fate.Untrained, "rounded away");
        Assert.DoesNotContain(Examined(optimizers.Adam(7e-5), NumberFormat.OfDType).Findings, f => f.Cause.Contains("rounded"));
        Named(Examined(optimizers.SGD(1e-8), NumberFormat.OfDType), "threshold", "D6", Fate.Untrained, "float32");
        Constraint.Attach(v, new SevenBits());
        Named(Examined(optimizers.Adam(7e-5), NumberFormat.OfDType), "threshold", "D4", Fate.Untrained, "puts it back");
    }

    sealed class SevenBits : Constraint
    {
        public override Tensor Apply(Tensor w) => tf.round(w * 128.0) / 128.0;
    }

    /// <summary>decoderesearch/SAELens issue 494: the threshold gets a gradient only from samples in a band of 0.001.</summary>
    [Fact]
    public void A_kernel_in_whose_band_no_sample_lies_is_named()
    {
        var v = Number(1, "threshold");
        Named(Doctor.Examine(() => Jump(v, 1e-6), [v], optimizers.Adam(0.001)), "threshold", "D6", Fate.Untrained, "band of its kernel");
        var found = Doctor.Examine(() => Jump(v, 0.5), [v], optimizers.Adam(0.001));
        Assert.DoesNotContain(found.Findings, f => f.Cause.Contains("band of its kernel"));
        Assert.Contains(found.Findings, f => f is { Check: "D3", Certainty: Certainty.Note } && f.Cause.Contains("straight-through"));
    }

    static Tensor Jump(Variable v, double width) => tf.reduce_mean(tf.square(tf.custom_gradient((Tensor[] xs) =>
    {
        var (z, threshold) = (xs[0], xs[1]);
        var open = tf.cast(z > threshold, tf.float32);
        return (z * open, g => [g * open,
            -tf.reduce_sum(g * z * tf.cast(tf.abs(z - threshold) < width / 2, tf.float32)) / width]);
    })([tf.abs(heights), v]) - tf.abs(heights)));

    /// <summary>mlfoundations/open_clip issue 214: the scale of the logits rises until it stands at its clip of 100.</summary>
    [Fact]
    public void A_scale_that_ends_at_its_clip_is_named()
    {
        var v = Number(Math.Log(1 / 0.07), "logit_scale");
        var images = tf.nn.l2_normalize(tf.random.normal((16, 8), seed: 3), axis: 1);
        var loss = () => tf.reduce_mean(losses.sparse_categorical_crossentropy(tf.range(16),
            tf.minimum(tf.exp(v), 100.0) * tf.matmul(images, images, transpose_b: true), from_logits: true));
        Named(Doctor.Examine(loss, [v], optimizers.Adam(0.01)), "logit_scale", "D8", Fate.Removed, "bound");
    }

    /// <summary>hwwang55/DKN issue 5: a variable that should gather a penalty is trainable, and becomes negative.</summary>
    [Fact]
    public void A_strength_or_an_offset_that_becomes_negative_is_named()
    {
        var v = Number(0, "l2_loss");
        var kernel = tf.Variable(tf.ones((4, 1)), name: "kernel");
        Named(Doctor.Examine(() => tf.reduce_mean(tf.square(tf.matmul(x, kernel) - y)) + (v + 0.01 * tf.reduce_sum(tf.square(kernel))),
            [kernel, v], optimizers.SGD(0.01)), "l2_loss", "D8", Fate.Removed, "straight line");
        var strength = Number(0.01, "strength");
        var model = Compiled(keras.Sequential([keras.Input(4), layers.Dense(1, kernel_regularizer: regularizers.l2(strength))]));
        var report = Doctor.Examine(model, x, y);
        Named(report, "strength", "D8", Fate.Removed, "only multiplies");
        Assert.Contains(report["strength"].Findings, f => f.Certainty == Certainty.Proof);
    }

    /// <summary>pranz24/pytorch-soft-actor-critic issue 34: no policy reaches the entropy that is asked for, and the temperature
    /// explodes.</summary>
    [Theory]
    [InlineData(1.2, true)]
    [InlineData(0.8, false)]
    public void An_entropy_target_above_what_can_be_is_named(double share, bool named)
    {
        var logits = tf.Variable(new[] { 0.5f, 0f, -0.5f }, name: "policy");
        var (v, q) = (Number(Math.Log(0.1), "log_alpha"), tf.constant(new[] { 1f, 0.5f, 0f }));
        Tensor Loss()
        {
            var p = tf.nn.softmax(logits);
            var entropy = -tf.reduce_sum(p * tf.nn.log_softmax(logits));
            return -tf.reduce_sum(p * q) - tf.stop_gradient(tf.exp(v)) * entropy
                + tf.exp(v) * tf.stop_gradient(entropy - share * Math.Log(3));
        }
        var report = Doctor.Examine(Loss, [logits, v], optimizers.SGD(0.1));
        if (named) Named(report, "log_alpha", "D8", Fate.Removed, "monotone");
        else Assert.DoesNotContain(report["log_alpha"].Findings, f => f is { Check: "D8", Certainty: > Certainty.Note });
    }

    /// <summary>BAAI-DCAI/M3D issue 52: the scale begins as a logarithm, and exp is forgotten.</summary>
    [Fact]
    public void A_logarithm_without_exp_is_named()
    {
        var v = Number(Math.Log(1 / 0.07), "logit_scale");
        var images = tf.nn.l2_normalize(tf.random.normal((16, 8), seed: 3), axis: 1);
        DoctorReport Examined(Func<Tensor> scale) =>
            Doctor.Examine(() => tf.reduce_mean(losses.sparse_categorical_crossentropy(tf.range(16),
            scale() * tf.matmul(images, images + 0.5 * tf.random.normal((16, 8), seed: 4), transpose_b: true), from_logits: true)), [v],
            optimizers.Adam(1e-4));
        Named(Examined(() => v + 0.0), "logit_scale", "D9", Fate.Removed, "no exp");
        Assert.DoesNotContain(Examined(() => tf.exp(v)).Findings, f => f.Cause.Contains("no exp"));
    }

    /// <summary>ZouJiu1/LSQplus issue 12: the step of a quantiser becomes negative.</summary>
    [Fact]
    public void A_quantiser_whose_step_becomes_negative_is_named()
    {
        var v = Number(0.02, "step");
        Tensor Loss()
        {
            var scaled = tf.clip_by_value(tf.abs(heights) / v, 0.0, 15.0);
            return tf.reduce_mean(tf.square(tf.straight_through(tf.round(scaled), scaled) * v - 0.1 * tf.abs(heights)));
        }
        Named(Doctor.Examine(Loss, [v], optimizers.Adam(0.05)), "step", "D9", Fate.Removed, "above 0");
        Assert.DoesNotContain(Doctor.Examine(Loss, [v], optimizers.Adam(1e-4)).Findings, f => f.Check == "D9");
    }

    /// <summary>konstmish/prodigy issue 37: the estimate of the distance takes the largest it has seen, so it can only rise.</summary>
    [Fact]
    public void An_estimate_that_keeps_rising_is_named()
    {
        var (d, kernel) = (Number(1e-3, "d", trainable: false), tf.Variable(tf.zeros((4, 1)), name: "kernel"));
        var loss = () => tf.reduce_mean(tf.square(tf.matmul(x, kernel) - y));
        void Step()
        {
            using var tape = tf.GradientTape();
            var gradient = tape.gradient(loss(), kernel)!;
            d.assign(tf.maximum(d, d * 1.05));
            kernel.assign_sub(d * gradient);
        }
        Named(Doctor.Examine(loss, [d], step: Step), "d", "D8", Fate.Removed, "only rise");
    }

    /// <summary>KellerJordan/modded-nanogpt pull request 159: scalars on the residual stream before a norm, of which only the ratio
    /// counts.</summary>
    [Fact]
    public void Residual_scalars_with_a_scale_symmetry_are_named()
    {
        var (a, b) = (Number(1, "a"), Number(0.5, "b"));
        var inputs = keras.Input(4);
        var hidden = layers.Dense(4, activation: "tanh").Apply(inputs);
        var mixed = layers.LayerNormalization(epsilon: 1e-12).Apply(layers.Add().Apply([inputs.Then(t => a * t), hidden.Then(t => b * t)]));
        var model = Compiled(keras.Model(inputs, layers.Dense(1).Apply(mixed)));
        Named(Doctor.Examine(model, x, y), "a", "D10", null, "exchangeable");
    }

    /// <summary>huggingface/peft issue 1801: the ranks stay as they began, because the schedule that allots them is never called.</summary>
    [Fact]
    public void A_schedule_that_is_never_called_is_named()
    {
        var mask = tf.Variable(tf.ones(4), name: "rank_mask", trainable: false);
        var model = Compiled(Net(i => layers.Dense(1).Apply(layers.Dense(4).Apply(i).Then(t => t * mask))));
        Named(Doctor.Examine(model, x, y, variables: [mask]), "rank_mask", "D1", Fate.Frozen, "schedule");
        var called = Doctor.Examine(model, x, y, variables: [mask],
            callbacks: [keras.callbacks.LambdaCallback(on_train_batch_end: (_, _) => mask.assign(mask * 0.9))]);
        Assert.DoesNotContain(called.Findings, f => f.Check == "D1");
    }
}
