using Workbook.Tensors;
using static Workbook.Tests.Tensors.TensorFlow.SnippetValues;

namespace Workbook.Tests.Tensors.TensorFlow;

/// <summary>The tape snippets of tf-ops.json in C#, by id; each returns what the Python snippet calls <c>result</c>.</summary>
static class TapeSnippets
{
    public static Dictionary<string, Func<object?>> All { get; } = new()
    {
        ["unconnected-none"] = () => Taped((x: tf.Variable(2.0), z: tf.Variable(1.0)), v => v.x * v.x, (t, y, v) => t.gradient(y, v.z)),
        ["unconnected-zero"] = () =>
            Taped((x: tf.Variable(2.0), z: tf.Variable(Floats(1, 2))), v => v.x * v.x,
                (t, y, v) => t.gradient(y, v.z, unconnected_gradients: UnconnectedGradients.ZERO)),
        ["unconnected-mixed-list"] = () =>
            Taped((x: tf.Variable(2.0), z: tf.Variable(1.0)), v => v.x * v.x, (t, y, v) => t.gradient(y, [v.x, v.z])),
        ["unconnected-zero-int-source"] = () =>
            Watched(Ints(1, 2), x => tf.reduce_sum(tf.pow(tf.cast(x, tf.float32), 2)),
                (t, y, x) => t.gradient(y, x, unconnected_gradients: UnconnectedGradients.ZERO)),
        ["persistent-twice"] = () =>
            Taped(tf.Variable(3.0), x => x * x is var y ? (y, z: y * y) : default,
                (t, v, x) => List(t.gradient(v.z, x), t.gradient(v.y, x)), persistent: true),
        ["non-persistent-twice"] = () =>
            Taped(tf.Variable(3.0), x => x * x is var y ? (y, z: y * y) : default,
                (t, v, x) => List(t.gradient(v.z, x), t.gradient(v.y, x))),
        ["non-scalar-target"] = () => Taped(tf.Variable(Floats(1, 2, 3)), x => x * x, (t, y, x) => t.gradient(y, x)),
        ["int-source"] = () => Watched(Ints(1, 2), x => tf.pow(tf.cast(x, tf.float32), 2), (t, y, x) => t.gradient(y, x)),
        ["int-target"] = () => Taped(tf.Variable(2.5), x => tf.cast(x, tf.int32), (t, y, x) => t.gradient(y, x)),
        ["through-int-cast"] = () =>
            Taped(tf.Variable(2.5), x => tf.cast(tf.cast(x, tf.int32), tf.float32) * 2.0, (t, y, x) => t.gradient(y, x)),
        ["through-float64-cast"] = () => Taped(tf.Variable(2.5), x => tf.pow(tf.cast(x, tf.float64), 2), (t, y, x) => t.gradient(y, x)),
        ["constant-not-watched"] = () => Taped(tf.constant(3.0), x => x * x, (t, y, x) => t.gradient(y, x)),
        ["constant-watched"] = () => Watched(tf.constant(3.0), x => x * x, (t, y, x) => t.gradient(y, x)),
        ["watched-after-use"] = () =>
        {
            var x = tf.constant(3.0);
            Tensor y;
            var t = tf.GradientTape();
            using (t)
            {
                y = x * x;
                t.watch(x);
            }
            return t.gradient(y, x);
        },
        ["watch-twice"] = () =>
        {
            var x = tf.constant(3.0);
            Tensor y;
            var t = tf.GradientTape();
            using (t)
            {
                t.watch(x);
                t.watch(x);
                y = x * x;
            }
            return t.gradient(y, x);
        },
        ["stop-gradient"] = () => Taped(tf.Variable(3.0), x => x * tf.stop_gradient(x), (t, y, x) => t.gradient(y, x)),
        ["second-derivative-x3"] = () => Orders(tf.Variable(2.0), x => x * x * x, 2),
        ["second-derivative-pow3"] = () => Orders(tf.Variable(2.0), x => tf.pow(x, 3), 2),
        ["third-derivative"] = () => Orders(tf.Variable(2.0), x => tf.pow(x, 5), 3),
        ["third-derivative-sin"] = () => Orders(tf.Variable(0.5, dtype: tf.float64), x => tf.sin(x), 3),
        ["second-derivative-linear"] = () => Orders(tf.Variable(2.0), x => 3.0 * x, 2),
        ["gradient-call-outside-outer-tape"] = () =>
        {
            var x = tf.Variable(2.0);
            Tensor y;
            var (t2, t1) = (tf.GradientTape(), tf.GradientTape());
            using (t2)
            using (t1) y = x * x * x;
            var g = t1.gradient(y, x);
            return List(g, t2.gradient(g, x));
        },
        ["persistent-tape-own-gradient"] = () =>
        {
            var x = tf.Variable(2.0);
            Tensor g;
            var t = tf.GradientTape(persistent: true);
            using (t) g = t.gradient(x * x * x, x);
            return t.gradient(g, x);
        },
        ["non-persistent-gradient-inside-context"] = () =>
        {
            var x = tf.Variable(2.0);
            using var t = tf.GradientTape();
            return t.gradient(x * x, x);
        },
        ["assign-then-read"] = () => Taped(tf.Variable(2.0), v => v.assign(3.0) * v, (t, y, v) => t.gradient(y, v)),
        ["read-then-assign"] = () =>
        {
            var v = tf.Variable(2.0);
            Tensor y;
            var t = tf.GradientTape();
            using (t)
            {
                y = v * v;
                v.assign(10.0);
            }
            return List(t.gradient(y, v), v);
        },
        ["through-assign"] = () =>
            Taped((v: tf.Variable(2.0), w: tf.Variable(0.0)), x => x.w.assign(x.v * 3.0) * x.w,
                (t, y, x) => List(t.gradient(y, x.v), t.gradient(y, x.w)), persistent: true),
        ["assign-add-read"] = () =>
        {
            var v = tf.Variable(2.0);
            Tensor y;
            var t = tf.GradientTape();
            using (t)
            {
                var y0 = v * v;
                v.assign_add(1.0);
                y = y0 + v * v;
            }
            return t.gradient(y, v);
        },
        ["jacobian-vector"] = () =>
            Taped(tf.Variable(Floats(1, 2, 3)), x => tf.stack([x[0] * x[1], x[1] * x[2]]), (t, y, x) => t.jacobian(y, x)),
        ["jacobian-matrix"] = () =>
            Taped(tf.Variable(tf.reshape(Floats(1, 2, 3, 4), (2, 2))), x => tf.reduce_sum(x * x, axis: 1), (t, y, x) => t.jacobian(y, x)),
        ["jacobian-unconnected"] = () =>
            Taped((x: tf.Variable(Floats(1, 2)), z: tf.Variable(Floats(1))), v => v.x * v.x, (t, y, v) => t.jacobian(y, [v.x, v.z])),
        ["batch-jacobian"] = () => Watched(tf.reshape(Floats(1, 2, 3, 4), (2, 2)), x => x * x, (t, y, x) => t.batch_jacobian(y, x)),
        ["hessian"] = () =>
        {
            var x = tf.Variable(Floats(1, 2));
            Tensor g;
            var t2 = tf.GradientTape();
            using (t2) g = Taped(x, x => tf.pow(x[0], 2) * x[1] + tf.pow(x[1], 3), (t1, y, x) => t1.gradient(y, x));
            return List(g, t2.jacobian(g, x));
        },
        ["target-list"] = () => Taped(tf.Variable(2.0), x => (y: x * x, z: x * x * x), (t, v, x) => t.gradient([v.y, v.z], x)),
        ["target-list-one-unconnected"] = () =>
            Taped((x: tf.Variable(2.0), c: tf.constant(5.0)), v => (y: v.x * v.x, z: v.c * v.c), (t, y, v) => t.gradient([y.y, y.z], v.x)),
        ["target-dict"] = () =>
            Taped(tf.Variable(2.0), x => new Dictionary<string, Operand> { ["p"] = x * x, ["q"] = 3.0 * x },
                (t, y, x) => t.gradient(y.Values, x)),
        ["source-dict"] = () => Taped(
            new Dictionary<string, Operand> { ["w"] = tf.Variable(2.0), ["b"] = tf.Variable(1.0) },
            v => v["w"] * 3.0 + v["b"] * v["b"],
            (t, y, v) => v.Keys.Zip(t.gradient(y, v.Values)).ToDictionary(p => p.First, p => (object?)p.Second)),
        ["source-twice"] = () => Taped(tf.Variable(2.0), x => x * x, (t, y, x) => t.gradient(y, [x, x])),
        ["output-gradients"] = () =>
            Taped(tf.Variable(Floats(1, 2)), x => x * x, (t, y, x) => t.gradient(y, x, output_gradients: Floats(10, 100))),
        ["output-gradients-list"] = () =>
            Taped(tf.Variable(2.0), x => (y: x * x, z: x * x * x),
                (t, v, x) => t.gradient([v.y, v.z], x, output_gradients: [tf.constant(1.0), tf.constant(10.0)])),
        ["output-gradients-none-entry"] = () =>
            Taped(tf.Variable(2.0), x => (y: x * x, z: x * x * x),
                (t, v, x) => t.gradient([v.y, v.z], x, output_gradients: [null!, tf.constant(10.0)])),
        ["output-gradients-wrong-shape"] = () =>
            Taped(tf.Variable(Floats(1, 2)), x => x * x, (t, y, x) => t.gradient(y, x, output_gradients: Floats(1, 1, 1))),
        ["output-gradients-scalar-broadcast"] = () =>
            Taped(tf.Variable(Floats(1, 2)), x => x * x, (t, y, x) => t.gradient(y, x, output_gradients: tf.constant(10.0))),
        ["trainable-false"] = () => Taped(tf.Variable(2.0, trainable: false), v => v * v, (t, y, v) => t.gradient(y, v)),
        ["trainable-false-watched"] = () => Watched(tf.Variable(2.0, trainable: false), v => v * v, (t, y, v) => t.gradient(y, v)),
        ["watch-accessed-variables-false"] = () =>
        {
            Variable v = tf.Variable(2.0), w = tf.Variable(3.0);
            Tensor y;
            var t = tf.GradientTape(watch_accessed_variables: false);
            using (t)
            {
                t.watch(w);
                y = v * w;
            }
            return t.gradient(y, [v, w]);
        },
        ["watched-variables"] = () => Taped(
            (v: tf.Variable(2.0), w: tf.Variable(3.0, trainable: false), u: tf.Variable(1.0)),
            x => x.v * x.w,
            (t, _, _) => (object)t.watched_variables().Count),
        ["target-is-source"] = () => Watched(tf.Variable(Floats(2, 3)), x => x, (t, y, x) => t.gradient(y, x)),
        ["intermediate-source"] = () =>
            Taped(tf.Variable(2.0), x => x * x is var y ? (y, z: y * y) : default, (t, v, _) => t.gradient(v.z, v.y)),
        ["variable-plus-tensor"] = () => Taped(tf.Variable(2.0) + 1.0, x => x * x, (t, y, x) => t.gradient(y, x)),
        ["numpy-breaks"] = () => Taped(
            tf.Variable(Floats(1, 2)),
            x => tf.reduce_mean(tf.constant(Array.ConvertAll((float[])x.numpy(), v => v * v))),
            (t, y, x) => t.gradient(y, x)),
        ["computed-outside"] = () => tf.Variable(2.0) is var x ? Taped(x * x, y => y * 3.0, (t, z, _) => t.gradient(z, x)) : null,
        ["stop-recording"] = () =>
        {
            var x = tf.Variable(2.0);
            Tensor y, z, w;
            var t = tf.GradientTape();
            using (t)
            {
                y = x * x;
                using (t.stop_recording()) z = y * x;
                w = y + z;
            }
            return t.gradient(w, x);
        },
        ["reset"] = () =>
        {
            var x = tf.Variable(2.0);
            Tensor w;
            var t = tf.GradientTape();
            using (t)
            {
                var y = x * x;
                t.reset();
                var z = x * 5.0;
                w = y + z;
            }
            return t.gradient(w, x);
        },
        ["python-float-source"] = () => Taped(2.0, x => tf.constant(3.0) * x, (t, y, x) => t.gradient(y, x)),
        ["same-variable-many-uses"] = () =>
            Taped(tf.Variable(2.0), x => Enumerable.Repeat(x, 4).Aggregate(x.value(), (y, v) => y * v), (t, y, x) => t.gradient(y, x)),
        ["custom-gradient"] = () =>
        {
            var f = tf.custom_gradient(x => (x * x, up => up * 7.0));
            return Taped(tf.Variable(2.0), x => f(x), (t, y, x) => List(y, t.gradient(y, x)));
        },
        ["zero-times-nan"] = () => Taped(tf.Variable(0.0), x => 0.0 * tf.math.log(x), (t, y, x) => List(y, t.gradient(y, x))),
        ["control-flow-branch"] = () => Taped(tf.Variable(-2.0), x => (bool)(x > 0) ? x * x : -x, (t, y, x) => t.gradient(y, x)),
        ["inside-tf-function"] = () =>
        {
            var x = tf.Variable(3.0);
            Tensor Gradient() => Taped(x, x => tf.pow(x, 2), (t, y, x) => t.gradient(y, x));
            return Gradient();
        },
        ["jvp-forward-accumulator"] = () => tf.autodiff.jvp(x => x * x, Floats(1, 2), Floats(1, 10)).derivative,
        ["gradient-source-int-variable"] = () => Taped(tf.Variable(2), v => tf.cast(v, tf.float32) * 2.0, (t, y, v) => t.gradient(y, v)),
        ["variable-shape-assign-mismatch"] = () => tf.Variable(Floats(1, 2)).assign(Floats(1, 2, 3)),
        ["nested-tapes-both-watch"] = () =>
        {
            var x = tf.Variable(3.0);
            Tensor y;
            var (t2, t1) = (tf.GradientTape(), tf.GradientTape());
            using (t2)
            using (t1) y = x * x;
            return List(t1.gradient(y, x), t2.gradient(y, x));
        },
        ["clip-by-global-norm"] = () =>
            tf.clip_by_global_norm([Floats(3, 0), null!, tf.reshape(Floats(4), (1, 1))], 2.5) is var (clipped, norm) ? List(clipped, norm)
                : null,
        ["clip-by-norm"] = () =>
            List(tf.clip_by_norm(Floats(3, 4), 2.5), tf.clip_by_norm(Floats(.3f, .4f), 2.5), tf.clip_by_norm(Floats(0, 0), 2.5)),
    };

    /// <summary>Runs f(x) under a tape, closes it, and asks it.</summary>
    static TResult Taped<T, TY, TResult>(T x, Func<T, TY> f, Func<GradientTape, TY, T, TResult> ask, bool persistent = false)
    {
        TY y;
        var t = tf.GradientTape(persistent);
        using (t) y = f(x);
        return ask(t, y, x);
    }

    /// <summary>The same, with x watched first.</summary>
    static TResult Watched<T, TResult>(T x, Func<T, Operand> f, Func<GradientTape, Operand, T, TResult> ask) where T : Operand
    {
        Operand y;
        var t = tf.GradientTape();
        using (t)
        {
            t.watch(x);
            y = f(x);
        }
        return ask(t, y, x);
    }

    /// <summary>The derivatives of a scalar function of x up to an order, one tape inside the other.</summary>
    static Tensor[] Orders(Variable x, Func<Variable, Tensor> f, int order)
    {
        Tensor[] lower = [];
        Tensor last;
        var t = tf.GradientTape();
        using (t)
        {
            if (order > 1) lower = Orders(x, f, order - 1);
            last = order > 1 ? lower[^1] : f(x);
        }
        return [.. lower, t.gradient(last, x)];
    }
}
