using System.Text.Json;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Keras.Golden;

/// <summary>
/// The loops of tf-loops.json that real TensorFlow ran: learned strengths, exponents, loss weights and rates. Each is written as one writes
/// it here.
/// </summary>
public sealed class TensorFlowLoopTests : IDisposable
{
    static readonly JsonElement root =
        JsonDocument.Parse(File.ReadAllText(Repository.File("tests/Workbook.Tests/Keras/Data/tf-loops.json"))).RootElement;

    static readonly Tensor b = tf.constant(new[] { 1, -2, 0.5 });

    public static TheoryData<string> Runs => [.. root.GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("id").GetString()!)];

    public void Dispose() => keras.config.set_floatx(tf.float32);

    [Theory]
    [MemberData(nameof(Runs))]
    [Trait("speed", "slow")]
    public void A_loop_gives_TensorFlows_trajectory(string id)
    {
        var run = root.GetProperty("runs").EnumerateArray().Single(r => r.GetProperty("id").GetString() == id);
        keras.config.set_floatx(run.GetProperty("dtype").GetString() == "float32" ? tf.float32 : tf.float64);
        var parts = id.Split('/');
        switch (parts[1], parts[2])
        {
            case ("01", _): Article3(run); break;
            case ("02", "toy-quasi-static"): QuasiStatic(run); break;
            case ("02", "toy-joint"): Joint(run, s => s, "lambda", 1); break;
            case ("02", "penalty-flow-invariant"): Flow(run); break;
            case ("02", var name): Diabetes(run, projected: name == "diabetes-projected"); break;
            case ("03", "leak-exp"): Leak(run, s => tf.exp(s)); break;
            case ("03", "leak-softplus"): Leak(run, s => tf.softplus(s)); break;
            case ("03", "joint-exp"): Joint(run, s => tf.exp(s), "s", 0); break;
            case ("03", "joint-softplus"): Joint(run, s => tf.softplus(s), "s", Math.Log(Math.E - 1)); break;
            case ("04", "evidence-diabetes-gd" or "evidence-diabetes-adam" or "joint-map-diabetes"):
                Evidence(run,
                evidence: parts[2] != "joint-map-diabetes"); break;
            case ("04", "normaliser-and-weights-adam"): Normaliser(run); break;
            case ("04", "fixed-weights-normaliser"): FixedWeights(run); break;
            case ("04", "two-strengths-64-features"): TwoStrengths(run); break;
            case ("04", _): Cliff(run); break;
            case ("05", "planted-exponent-linear"): PlantedExponent(run); break;
            case ("05", "one-negative" or "one-zero"): OneEntry(run, parts[2] == "one-negative" ? -0.5 : 0); break;
            case ("05", var name): Article2(run, int.Parse(name.Split('-')[1])); break;
            case ("07", "minimax"): Minimax(run); break;
            case ("07", "softmax-constant-losses"): ConstantLosses(run); break;
            case ("07", "digits-naive-weights"): Digits(run); break;
            case ("07", "naive-weights" or "softmax-weights"): TwoTasks(run, parts[2] == "naive-weights"); break;
            case ("07", _): Kendall(run); break;
            case ("12", "diabetes-through-the-step"): ThroughTheStep(run); break;
            case ("12", _): LearnedRate(run); break;
            default: throw new InvalidDataException($"No loop for the run '{id}'.");
        }
    }

    static Variable Var(Operand value, string name) => tf.Variable(value, name: name, dtype: keras.config.floatx());

    static Tensor Dot(Operand a, Operand c) => tf.reduce_sum(tf.multiply(a, c));

    static Tensor MeanSquare(Tensor x, Tensor y, Operand w) => tf.reduce_mean(tf.square(y - x.Times(w)));

    static void Article3(JsonElement run)
    {
        var r = new SplitMix64(1);
        var (w1, w2, x) = (r.Glorot(10, 64), r.Glorot(64, 10), r.N(100, 10));
        var y = tf.one_hot(tf.cast(tf.floor(10 * r.U(100)), tf.int32), 10, dtype: keras.config.floatx());
        x = tf.cast(x, keras.config.floatx());
        var model = keras.Sequential(
            [keras.Input(10), keras.layers.Dense(64, activation: "relu"), keras.layers.Dense(10, activation: "softmax")]);
        model.set_weights([w1, tf.zeros(64), w2, tf.zeros(10)]);
        var (a, c, step) = (Var(1, "loss_weight_1"), Var(1, "loss_weight_2"), 0);
        // As written, Keras 3 does not see the weights. Ours would; left out on purpose, they stay at 1 here too.
        List<Variable> moved = run.GetProperty("trained_variables").GetInt32() == 4 ? [.. model.trainable_variables]
            : [.. model.trainable_variables, a, c];
        // float32: 1e-5 over 1000 steps, the distance between TensorFlow's own two precisions.
        new Loop(run)
        {
            Derived = name => name == a.name ? a.value() : name == c.name ? c.value() : null,
            Tolerance = keras.config.floatx() == tf.float32 ? 1e-5 : 1e-9
        }.Descend(() =>
    {
        var i = step++ % 100;
        var (yi, p) = (y[i..(i + 1)], model.Apply(x[i..(i + 1)]));
        var (cce, mse) = (keras.losses.categorical_crossentropy(yi, p), keras.losses.mean_squared_error(yi, p));
        return (a * cce + c * mse, new() { ["cce"] = cce, ["mse"] = mse });
    }, moved);
    }

    /// <summary>w = b/(1+λ) at every step: 101592 steps of 1e-5, of which every 2000th is recorded.</summary>
    static void QuasiStatic(JsonElement run)
    {
        var (lambda, t, zero) = (tf.constant(1.0, tf.float64), 0, 0);
        var recorded = run.GetProperty("trajectory").GetProperty("lambda").Flat().ToArray();
        while ((double)lambda > -0.99)
        {
            using var tape = tf.GradientTape();
            tape.watch(lambda);
            var w = tf.stop_gradient(b / (1 + lambda));
            lambda = tf.stop_gradient(lambda - 1e-5 * tape.gradient(0.5 * lambda * Dot(w, w), lambda));
            if (++t % 2000 == 0 && t / 2000 <= recorded.Length) Numbers.Near([recorded[t / 2000 - 1]], lambda.ToArray<double>(), 1e-9);
            if (zero == 0 && (double)lambda <= 0) zero = t;
        }
        Assert.Equal(run.GetProperty("steps_to_zero").GetInt32(), zero);
        Assert.Equal(run.GetProperty("steps_to_minus_0_99").GetInt32(), t);
    }

    static void Joint(JsonElement run, Func<Operand, Operand> map, string name, double start)
    {
        var (w, s) = (Var(tf.zeros(3), "w"), Var(start, name));
        new Loop(run) { Derived = n => n == "lambda" ? map(s).value() : null }
            .Descend(() => 0.5 * Dot(w - b, w - b) + 0.5 * map(s) * Dot(w, w), [w, s]);
    }

    static void Flow(JsonElement run)
    {
        static (Tensor, Tensor) Field(Tensor w, Tensor l)
        {
            using var tape = tf.GradientTape();
            (w, l) = (tf.identity(w), tf.identity(l));
            tape.watch(w);
            tape.watch(l);
            var g = tape.gradient(0.5 * l * Dot(w, w), new List<Tensor> { w, l });
            return (-g[0], -g[1]);
        }
        var (w, l, h) = (b, tf.constant(1.5, tf.float64), 1e-3);
        var trajectory = run.GetProperty("trajectory");
        for (var t = 1; t <= 2000; t++)
        {
            var (a1, c1) = Field(w, l);
            var (a2, c2) = Field(w + h / 2 * a1, l + h / 2 * c1);
            var (a3, c3) = Field(w + h / 2 * a2, l + h / 2 * c2);
            var (a4, c4) = Field(w + h * a3, l + h * c3);
            (w, l) = (w + h / 6 * (a1 + 2 * a2 + 2 * a3 + a4), l + h / 6 * (c1 + 2 * c2 + 2 * c3 + c4));
            if (t % 200 != 0) continue;
            Numbers.Near(trajectory.GetProperty("w")[t / 200 - 1], w, 1e-9);
            Numbers.Near(trajectory.GetProperty("lambda")[t / 200 - 1], l, 1e-9);
            Assert.Equal(0.75, (double)(Dot(w, w) - 2 * l * l), 1e-9);
        }
    }

    static (Tensor X, Tensor Y) Standardised()
    {
        var (x, y) = LoopData.Diabetes();
        return (LoopData.Standardised(x), LoopData.Standardised(y));
    }

    static void Diabetes(JsonElement run, bool projected)
    {
        var (x, y) = Standardised();
        var (w, l) = (Var(tf.zeros(10), "w"), Var(0.1, "lambda"));
        new Loop(run).Descend(() => MeanSquare(x, y, w) / 2 + 0.5 * l * Dot(w, w), [w, l],
            projected ? () => l.assign(tf.maximum(l, 0.0)) : null);
        Numbers.Near(run.GetProperty("final_w"), w.value(), 1e-8, 1e-8, "w");
        if (projected) Numbers.Near(run.GetProperty("closed_form").GetProperty("least_squares"), w.value(), 1e-8, 0, "least squares");
    }

    static void Leak(JsonElement run, Func<Operand, Tensor> map)
    {
        Tensor s = tf.constant(run.GetProperty("initial").GetProperty("s").GetDouble(), tf.float64);
        // The file goes on to step 200000; a tenth of it shows the leak as well.
        new Loop(run) { Last = 20000 }.Follow(t =>
        {
            using var tape = tf.GradientTape();
            tape.watch(s);
            var l = map(s);
            var w = tf.stop_gradient(b / (1 + l));
            s = tf.stop_gradient(s - 0.01 * tape.gradient(0.5 * l * Dot(w, w), s));
            return new() { ["lambda"] = map(s), ["lambda_t_B_over_2"] = map(s) * (t * 0.01 * 5.25 / 2) };
        });
    }

    static void Evidence(JsonElement run, bool evidence)
    {
        var (x, y) = LoopData.Diabetes();
        var (n, d) = (x.shape[0], 10);
        x = LoopData.Standardised(x) / Math.Sqrt(n);
        y -= tf.reduce_mean(y);
        var (s, c, yy) = (tf.matmul(x, x, transpose_a: true), tf.transpose(x).Times(y), Dot(y, y));
        var initial = run.GetProperty("initial");
        var (la, ll) = (Var(initial.GetProperty("log_alpha").GetDouble(), "log_alpha"),
            Var(initial.GetProperty("log_lambda").GetDouble(), "log_lambda"));
        // The loss is 2500, its trajectory is flat at the end; 1e-9 of the variables is what the file states.
        new Loop(run).Descend(() =>
        {
            var (alpha, lambda) = (tf.exp(la), tf.exp(ll));
            var a = lambda * tf.eye(d, dtype: tf.float64) + alpha * s;
            var m = tf.squeeze(tf.linalg.solve(a, tf.expand_dims(alpha * c, -1)), -1);
            var rss = yy - 2 * Dot(c, m) + Dot(m, s.Times(m));
            return evidence ? -0.5 * (d * ll + n * la - alpha * rss - lambda * Dot(m, m) - tf.linalg.logdet(a) - n * Math.Log(2 * Math.PI))
                : 0.5 * (alpha * rss - n * la + lambda * Dot(m, m) - d * ll);
        }, [la, ll]);
        Assert.Equal(1, Math.Exp((double)la) / run.GetProperty("alpha").GetDouble(), 1e-8);
        Assert.Equal(1, Math.Exp((double)ll) / run.GetProperty("lambda").GetDouble(), 1e-8);
    }

    static void TwoStrengths(JsonElement run)
    {
        var (raw, y) = LoopData.Diabetes();
        y -= tf.reduce_mean(y);
        var z = tf.unstack(LoopData.Standardised(raw), 1);
        Operand[] columns = [.. z, .. z.Where((_, i) => i != 1).Select(tf.square),
            .. Enumerable.Range(0, 10).SelectMany(i => Enumerable.Range(i + 1, 9 - i).Select(j => z[i] * z[j]))];
        var q = LoopData.Standardised(tf.stack(columns, 1));
        var (g, cq, yy, n) = (tf.matmul(q, q, transpose_a: true), tf.transpose(q).Times(y), Dot(y, y), y.shape[0]);
        var group = tf.constant(Enumerable.Range(0, 64).Select(i => i < 10 ? 0 : 1).ToArray());
        var initial = run.GetProperty("initial");
        var la = Var(initial.GetProperty("log_alpha").GetDouble(), "log_alpha");
        var ls = Var(tf.fill(2, initial.GetProperty("log_strength").GetDouble(), tf.float64), "log_strength");
        // Each step solves 64 equations; the first hundred of 1500 take the strengths most of their way.
        new Loop(run) { Last = 100 }.Descend(() =>
        {
            var alpha = tf.exp(la);
            var lambda = alpha * n * tf.exp(tf.gather(ls, group));
            var a = tf.linalg.diag(lambda) + alpha * g;
            var m = tf.squeeze(tf.linalg.solve(a, tf.expand_dims(alpha * cq, -1)), -1);
            var rss = yy - 2 * Dot(cq, m) + Dot(m, g.Times(m));
            return -0.5
                * (tf.reduce_sum(tf.log(lambda)) + n * la - alpha * rss - tf.reduce_sum(lambda * m * m) - tf.linalg.logdet(a)
                    - n * Math.Log(2 * Math.PI));
        }, [la, ls]);
    }

    static void Normaliser(JsonElement run)
    {
        var (x, y) = Standardised();
        var (w, s) = (Var(tf.zeros(10), "w"), Var(Math.Log(0.1), "log_lambda"));
        new Loop(run).Descend(() => 0.5 * 442 * MeanSquare(x, y, w) + 0.5 * tf.exp(s) * Dot(w, w) - 5.0 * s, [w, s]);
        Assert.Equal(run.GetProperty("closed_form").GetProperty("lambda").GetDouble(), Math.Exp((double)s), 1e-8);
    }

    static void FixedWeights(JsonElement run)
    {
        var (w, l) = (run.GetProperty("w").Tensor(tf.float64), Var(0.1, "lambda"));
        new Loop(run).Descend(() => l * Dot(w, w) - 2 * tf.log(l), [l]);
        Assert.Equal(run.GetProperty("closed_form").GetProperty("lambda").GetDouble(), (double)l, 1e-12);
    }

    /// <summary>Evidence shrinks each model; joint MAP falls off a cliff below z² = 4. The file has ends, not trajectories.</summary>
    static void Cliff(JsonElement run)
    {
        const double an = 50, d = 20;
        var squares = run.GetProperty("mean_z2").GetDouble() * d / an;
        foreach (var (kind, evidence) in new[] { ("evidence", true), ("joint_map", false) })
        {
            var expected = run.GetProperty(kind);
            var s = Var(Math.Log(1e-3), "log_lambda");
            var (optimizer, steps) = (keras.optimizers.SGD(0.05), 0);
            for (; steps < 3000 && (double)s <= 20; steps++)
                optimizer.minimize(() =>
                {
                    var l = tf.exp(s);
                    var (w2, rss) = (tf.square(an / (l + an)) * squares, tf.square(l / (l + an)) * (squares * an));
                    var loss = rss + l * w2 - d * s;
                    return 0.5 * (evidence ? loss + d * tf.log(l + an) : loss);
                }, [s]);
            Assert.Equal(expected.GetProperty("steps").GetInt32(), steps);
            Numbers.Near(expected.GetProperty("log_lambda"), s.value(), 1e-9, 1e-9, kind);
        }
    }

    static (Tensor X, Tensor Y) Planted()
    {
        var x = new SplitMix64(55).U(100, 10);
        return (x, tf.pow(x, 1.7).Times(PlantedWeights) + 0.2);
    }

    static readonly Tensor PlantedWeights = tf.constant(new[] { 1, -.8, .6, .5, -.3, .9, -1.1, .4, .7, -.6 });

    static void PlantedExponent(JsonElement run)
    {
        var (x, y) = Planted();
        var (p, w, c) = (Var(1, "p"), Var(tf.squeeze(new SplitMix64(56).Glorot(10, 1), -1), "w"), Var(0, "c"));
        new Loop(run).Descend(() => MeanSquare(tf.pow(x, p), y - c, w), [p, w, c]);
        Assert.Equal(1.7, (double)p, 1e-9);
    }

    static void Article2(JsonElement run, int units)
    {
        var (x, y) = Planted();
        var sorted = y.ToArray<double>().Order().ToArray();
        var labels = tf.cast(tf.expand_dims(y, -1) > (sorted[49] + sorted[50]) / 2, tf.float64);
        var r = new SplitMix64(57);
        var p = Var(1, "p");
        var inputs = keras.Input(10);
        var model = keras.Model(inputs,
            keras.layers.Dense(1).Apply(keras.layers.Dense(units, activation: "relu").Apply(tf.math.pow(inputs, p))));
        model.layers[0].set_weights([r.Glorot(10, units), tf.zeros(units)]);
        model.layers[1].set_weights([r.Glorot(units, 1), tf.zeros(1)]);
        var loss = keras.losses.BinaryCrossentropy(from_logits: true);
        new Loop(run).Descend(() => loss.Apply(labels, model.Apply(x)), [.. model.trainable_variables]);
    }

    static void OneEntry(JsonElement run, double entry)
    {
        var (x, y) = Planted();
        var values = x.ToArray<double>();
        values[32] = entry;
        x = Tensor.FromSpan<double>(values, (100, 10));
        var (p, w) = (Var(1, "p"), Var(PlantedWeights, "w"));
        foreach (var expected in run.GetProperty("steps").EnumerateArray())
        {
            using var tape = tf.GradientTape();
            var at = tf.identity(x);
            tape.watch(at);
            Numbers.Near(expected.GetProperty("p_before"), p.value(), 1e-9);
            var loss = MeanSquare(tf.pow(at, p), y - 0.2, w);
            var g = tape.gradient(loss, new List<Operand> { p, w, at });
            Numbers.Near(expected.GetProperty("loss"), loss, 1e-9);
            Numbers.Near(expected.GetProperty("gradient_p"), g[0], 1e-9);
            Numbers.Near(expected.GetProperty("gradient_w_sum"), tf.reduce_sum(g[1]), 1e-9);
            Numbers.Near(expected.GetProperty("gradient_x_at_entry"), g[2][3, 2], 1e-9);
            p.assign_sub(0.1 * g[0]);
            w.assign_sub(0.1 * g[1]);
        }
    }

    static (Tensor X1, Tensor Y1, Tensor X2, Tensor Y2) Tasks()
    {
        var (r, w0) = (new SplitMix64(7), tf.constant(new[] { 1, -2, 0.5 }));
        var x1 = r.N(200, 3);
        var y1 = x1.Times(w0) + 0.1 * r.N(200);
        var x2 = r.N(200, 3);
        return (x1, y1, x2, x2.Times(w0) + r.N(200));
    }

    static void Kendall(JsonElement run)
    {
        var (x1, y1, x2, y2) = Tasks();
        var scale = run.GetProperty("loss2_scale").GetDouble();
        var (w, s) = (Var(tf.zeros(3), "w"), Var(run.GetProperty("initial").GetProperty("s").Tensor(tf.float64), "s"));
        new Loop(run).Descend(() =>
        {
            var (a, c) = (MeanSquare(x1, y1, w), scale * MeanSquare(x2, y2, w));
            return (0.5 * (tf.exp(-s[0]) * a + tf.exp(-s[1]) * c + s[0] + s[1]), new() { ["loss1"] = a, ["loss2"] = c });
        }, [w, s]);
        Numbers.Near(run.GetProperty("s"), s.value(), 1e-9, 1e-9, "s");
    }

    static void TwoTasks(JsonElement run, bool naive)
    {
        var (x1, y1, x2, y2) = Tasks();
        var (w, q) = (Var(tf.zeros(3), "w"), naive ? Var(tf.ones(2), "weights") : Var(tf.zeros(2), "logits"));
        new Loop(run).Descend(() =>
        {
            var (a, c, p) = (MeanSquare(x1, y1, w), MeanSquare(x2, y2, w), naive ? q.value() : tf.nn.softmax(q));
            return (p[0] * a + p[1] * c, new() { ["loss1"] = a, ["loss2"] = c });
        }, [w, q]);
    }

    static void ConstantLosses(JsonElement run)
    {
        var (q, losses) = (Var(tf.zeros(2), "logits"), tf.constant(new[] { 0.3, 0.7 }));
        new Loop(run).Descend(() =>
        {
            var p = tf.nn.softmax(q);
            return (Dot(p, losses), new() { ["weight1_before"] = p[0] });
        }, [q]);
    }

    static void Minimax(JsonElement run)
    {
        var (x, q) = (Var(0, "x"), Var(tf.zeros(2), "logits"));
        new Loop(run).Follow(_ =>
        {
            using var tape = tf.GradientTape();
            var losses = tf.stack([tf.square(x), 2 * tf.square(x - 3) + 0.5]);
            var loss = Dot(tf.nn.softmax(q), losses);
            var g = tape.gradient(loss, new List<Variable> { x, q });
            x.assign_sub(0.01 * g[0]);
            q.assign_add(0.05 * g[1]);
            return new() { ["loss"] = loss, ["loss1"] = losses[0], ["loss2"] = losses[1], ["x"] = x.value(), ["logits"] = q.value() };
        });
        Assert.Equal(run.GetProperty("closed_form").GetProperty("x").GetDouble(), (double)x, 1e-9);
    }

    static void Digits(JsonElement run)
    {
        var rows = LoopData.Table("digits").Where((_, i) => i % 3 != 0).Take(300).ToList();
        var (x, labels) = (LoopData.Matrix(rows.Select(r => r[..64])) / 16, tf.constant(rows.Select(r => (int)r[64]).ToArray()));
        var r = new SplitMix64(1);
        Variable Kernel(int a, int c) => Var(r.N(a, c) / Math.Sqrt(a), "kernel");
        Variable k1 = Kernel(64, 24), k2 = Kernel(24, 10), k3 = Kernel(24, 64);
        Variable b1 = Var(tf.zeros(24), "b1"), b2 = Var(tf.zeros(10), "b2"), b3 = Var(tf.zeros(64), "b3"), g = Var(tf.ones(2), "weights");
        new Loop(run).Descend(() =>
        {
            var h = tf.tanh(tf.matmul(x, k1) + b1);
            var entropy = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, tf.matmul(h, k2) + b2));
            var mse = tf.reduce_mean(tf.square(tf.sigmoid(tf.matmul(h, k3) + b3) - x));
            return (g[0] * entropy + g[1] * mse, new() { ["cross_entropy"] = entropy, ["mse"] = mse });
        }, [k1, b1, k2, b2, k3, b3, g]);
    }

    static void LearnedRate(JsonElement run)
    {
        var (h, x) = (run.GetProperty("H").Tensor(tf.float64), run.GetProperty("initial").GetProperty("x").Tensor(tf.float64));
        var (rate, beta, previous) = (run.GetProperty("initial").GetProperty("rate").GetDouble(), run.GetProperty("beta").GetDouble(),
            tf.zeros_like(x));
        var additive = run.GetProperty("what").GetString()!.Contains("rate += beta", StringComparison.Ordinal);
        new Loop(run).Follow(_ =>
        {
            using var tape = tf.GradientTape();
            x = tf.identity(x);
            tape.watch(x);
            var f = 0.5 * Dot(x, h.Times(x));
            var g = tape.gradient(f, x);
            var dot = (double)Dot(g, previous);
            rate = additive ? rate + beta * dot
                : rate * (1 + beta * dot / (Math.Sqrt((double)Dot(g, g)) * Math.Sqrt((double)Dot(previous, previous)) + 1e-300));
            (x, previous) = (x - rate * g, g);
            return new() { ["loss"] = f, ["rate"] = tf.constant(rate, tf.float64), ["x"] = x };
        });
    }

    static void ThroughTheStep(JsonElement run)
    {
        var (x, y) = Standardised();
        var (w, rate) = (Var(tf.zeros(10), "w"), Var(Math.Log(0.01), "log_rate"));
        new Loop(run).Follow(_ =>
        {
            using var outer = tf.GradientTape();
            Tensor f, g;
            using (var tape = tf.GradientTape())
            {
                f = MeanSquare(x, y, w) / 2;
                g = tape.gradient(f, w);
            }
            var after = w - tf.exp(rate) * tf.stop_gradient(g);
            var slope = outer.gradient(MeanSquare(x, y, after) / 2, rate);
            w.assign(after);
            rate.assign_sub(0.5 * slope);
            return new() { ["loss"] = f, ["log_rate"] = rate.value(), ["w_sum"] = tf.reduce_sum(w) };
        });
    }
}
