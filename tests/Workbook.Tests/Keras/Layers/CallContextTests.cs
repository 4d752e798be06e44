using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Layers;

/// <summary>What a call passes down, training and losses, goes along into tasks, threads and what follows an await.</summary>
public class CallContextTests
{
    static readonly Tensor x = tf.ones((2, 3));

    static readonly Dictionary<string, Func<Func<Tensor>, Tensor>> ways = new()
    {
        ["the same thread"] = f => f(),
        ["a task"] = f => Task.Run(f).Result,
        ["a task inside of a task"] = f => Task.Run(() => Task.Run(f).Result).Result,
        ["a thread"] = f =>
        {
            Tensor? made = null;
            var thread = new Thread(() => made = f());
            thread.Start();
            thread.Join();
            return made!;
        },
        ["after an await"] = f => Later(f).Result,
        ["a continuation"] = f => Task.CompletedTask.ContinueWith(_ => f(), TaskScheduler.Default).Result,
        ["Parallel.For"] = f =>
        {
            var made = new Tensor[4];
            Parallel.For(0, 4, i => made[i] = i == 3 ? f() : x);
            return made[3];
        },
        ["a parallel query"] = f => new[] { 0, 1 }.AsParallel().AsOrdered().Select(i => i == 0 ? f() : x).ToArray()[0],
    };

    public static TheoryData<string> Ways => [.. ways.Keys];

    static async Task<Tensor> Later(Func<Tensor> f)
    {
        await Task.Yield();
        await Task.Delay(1);
        return f();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Training_goes_along(string way)
    {
        List<bool> seen = [];
        var asks = layers.Lambda((t, training) =>
        {
            seen.Add(training);
            return t;
        });
        var outer = layers.Lambda((Tensor t) => ways[way](() => asks.Apply(t)));
        outer.Apply(x, training: true);
        outer.Apply(x, training: false);
        outer.Apply(x);
        Assert.Equal([true, false, false], seen);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void What_layers_add_to_the_loss_goes_along(string way)
    {
        var inner = new Adds();
        var regularised = new Dense(1, kernel_initializer: "ones") { activity_regularizer = regularizers.l2(0.5) };
        var outer = layers.Lambda((Tensor t) => ways[way](() => regularised.Apply(inner.Apply(t))));
        outer.Apply(x, training: true);
        // 2 · 3 ones and 0.5 · (3² + 3²) / 2.
        Assert.Equal([6, 4.5], outer.losses.Select(l => (double)l));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_call_that_is_over_passes_nothing_on(string way)
    {
        List<bool> seen = [];
        var asks = layers.Lambda((t, training) =>
        {
            seen.Add(training);
            return t;
        });
        layers.Lambda((Tensor t) => ways[way](() => asks.Apply(t, training: true))).Apply(x);
        ways[way](() => asks.Apply(x));
        Assert.Equal([true, false], seen);
        Assert.Throws<ModelException>(() => new Adds().Late());
    }

    [Fact]
    public async Task Work_that_outlives_its_call_is_in_no_call()
    {
        List<bool> seen = [];
        var asks = layers.Lambda((t, training) =>
        {
            seen.Add(training);
            return t;
        });
        var over = new TaskCompletionSource();
        Task<Tensor>? left = null;
        layers.Lambda((Tensor t) =>
        {
            left = Task.Run(async () =>
            {
                await over.Task;
                return asks.Apply(x);
            });
            return t;
        }).Apply(x, training: true);
        over.SetResult();
        await left!;
        Assert.Equal([false], seen);
    }

    [Fact]
    public void Calls_side_by_side_keep_their_own()
    {
        var asks = layers.Lambda((t, training) => t * (training ? 1.0 : 0.0));
        layers.Lambda((Tensor t) =>
        {
            Parallel.For(0, 64, i => Assert.Equal(i % 2 == 0, (double)asks.Apply(t, training: i % 2 == 0)[0, 0] == 1));
            Assert.Equal(1, (double)asks.Apply(t)[0, 0]);
            return t;
        }).Apply(x, training: true);
    }

    sealed class Adds : Layer
    {
        public override Tensor call(Tensor inputs, bool training)
        {
            add_loss(tf.reduce_sum(inputs));
            return inputs;
        }

        public void Late() => add_loss(tf.constant(1.0));
    }
}
