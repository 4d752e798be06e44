using System.Collections.Concurrent;
using Workbook.Tensors;
using Workbook.Tensors.Autodiff;
using Xunit;

namespace Workbook.Tests.Tensors.Autodiff;

/// <summary>A tape follows whoever opened it into other threads; where it cannot, it says so.</summary>
public class ThreadTests
{
    static readonly Tensor x = tf.constant(new[] { 1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f, 10f });

    [Fact]
    public void Work_in_parallel_has_the_gradient_of_work_one_after_another()
    {
        var v = tf.Variable(2.0, name: "v");
        for (var run = 0; run < 20; run++)
        {
            using var tape = tf.GradientTape();
            var parts = new Tensor[4];
            Parallel.For(0, 4, i => parts[i] = tf.reduce_sum(x * v));
            Assert.Equal(220, (double)tape.gradient(tf.add_n(parts), v), 1e-6);
        }
    }

    [Fact]
    public async Task A_tape_across_an_await_has_the_right_gradient()
    {
        var v = tf.Variable(2.0, name: "v");
        for (var run = 0; run < 20; run++)
        {
            using var tape = tf.GradientTape();
            var y = v * v;
            await Task.Yield();
            y *= v;
            await Task.Delay(1, TestContext.Current.CancellationToken);
            Assert.Equal(12, (double)tape.gradient(y, v), 1e-6);
        }
    }

    [Fact]
    public void A_tape_that_nobody_closes_is_gone_with_the_flow_that_opened_it()
    {
        var v = tf.Variable(2.0, name: "v");
        var on = (Before: true, Inside: false, After: true);
        var thread = new Thread(() =>
        {
            on.Before = Recording.IsOn;
            ExecutionContext.Run(ExecutionContext.Capture()!, _ =>
            {
                _ = tf.GradientTape();
                on.Inside = Recording.IsOn;
            }, null);
            // The same thread, another flow: what a test leaves open does not follow the next one.
            on.After = Recording.IsOn;
        });
        thread.Start();
        thread.Join();
        Assert.Equal((false, true, false), on);
        Assert.Null(Recording.Watched);
        Assert.Equal(4, (double)(v * v), 1e-6);
    }

    [Fact]
    public async Task A_task_a_thread_and_a_parallel_query_are_followed()
    {
        var v = tf.Variable(3.0, name: "v");
        using var tape = tf.GradientTape();
        var task = await Task.Run(() => v * v, TestContext.Current.CancellationToken);
        Tensor? elsewhere = null;
        var thread = new Thread(() => elsewhere = v * v);
        thread.Start();
        thread.Join();
        var query = Enumerable.Range(0, 8).AsParallel().Select(_ => v * v).ToArray();
        Assert.Equal(60, (double)tape.gradient(task + elsewhere! + tf.add_n(query), v), 1e-6);
    }

    [Fact]
    public async Task Second_derivatives_cross_threads_too()
    {
        var v = tf.Variable(2.0, name: "v");
        using var outer = tf.GradientTape();
        using var inner = tf.GradientTape();
        var y = await Task.Run(() => v * v * v, TestContext.Current.CancellationToken);
        Assert.Equal(12, (double)outer.gradient(inner.gradient(y, v), v), 1e-6);
    }

    [Fact]
    public void Work_of_a_thread_that_was_there_before_the_tape_is_refused()
    {
        var v = tf.Variable(3.0, name: "v");
        using var work = new BlockingCollection<Action>();
        var thread = new Thread(() =>
        {
            foreach (var item in work.GetConsumingEnumerable()) item();
        });
        thread.Start();
        Tensor OnThread(Func<Tensor> compute)
        {
            var done = new TaskCompletionSource<Tensor>();
            work.Add(() => done.SetResult(compute()));
            return done.Task.GetAwaiter().GetResult();
        }
        try
        {
            using var tape = tf.GradientTape(persistent: true);
            var joined = Assert.Throws<TapeException>(() => v * OnThread(() => tf.exp(v)));
            Assert.Contains("'v'", joined.Message, StringComparison.Ordinal);
            var asked = Assert.Throws<TapeException>(() => tape.gradient(OnThread(() => tf.exp(v)), v));
            Assert.Contains("Start the work inside the tape", asked.Message, StringComparison.Ordinal);
            Assert.Equal(Math.Exp(3), (double)tape.gradient(v * OnThread(() => tf.stop_gradient(tf.exp(v))), v), 1e-4);
        }
        finally
        {
            work.CompleteAdding();
            thread.Join();
        }
    }

    [Fact]
    public void What_a_thread_computed_before_the_tape_is_a_constant()
    {
        var v = tf.Variable(3.0, name: "v");
        var before = v * v;
        using var tape = tf.GradientTape();
        Assert.Equal(9, (double)tape.gradient(v * before, v), 1e-6);
    }

    [Fact]
    public async Task A_tape_of_a_task_is_no_matter_of_the_one_that_waits_for_it()
    {
        var v = tf.Variable(3.0, name: "v");
        await Task.Run(() => _ = tf.GradientTape(), TestContext.Current.CancellationToken);
        using var tape = tf.GradientTape();
        Assert.Equal(6, (double)tape.gradient(v * v, v), 1e-6);
        Assert.Single(tape.watched_variables());
    }
}
