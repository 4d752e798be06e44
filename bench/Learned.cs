using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;

namespace Workbook.Benchmarks;

/// <summary>What a learned variable costs: the net 64-64-32-10 with batches of 32 in Keras' fit, with and without one, in turns.</summary>
static class Learned
{
    const int Steps = 100;

    public static void Print()
    {
        var v = tf.Variable(0.01, name: "strength");
        (string Name, Action Epoch, int Beside)[] all =
        [
            ("no penalty", Epoch(null, null), 0),
            ("l2(0.01)", Epoch(regularizers.l2(0.01), null), 0),
            ("l2(v)", Epoch(regularizers.l2(v), null), 1),
            ("l2(v), recorded", Epoch(regularizers.l2(v), new Recorder([v])), 2),
        ];
        var times = all.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < 9; round++)
            for (var i = 0; i < all.Length; i++) times[i].Add(Stopwatches.Measure(all[i].Epoch, 100, round == 0 ? 600 : 30).Median / Steps);
        Console.WriteLine(
            $"\n{"a learned strength in the first layer, fit",-44} {"median µs",10}   ratio of medians round by round, middle");
        for (var i = 0; i < all.Length; i++)
        {
            double Middle(IEnumerable<double> values) => values.Order().ElementAt(times[i].Count / 2);
            var beside = all[i].Beside;
            Console.WriteLine(
                $"{all[i].Name,-44} {Middle(times[i]),10:F2}   {(i == 0 ? "" : $"{Middle(times[i].Zip(times[beside], (a, b) => a / b)):F3} of {all[beside].Name}")}");
        }
    }

    static Action Epoch(Regularizer? penalty, Recorder? recorder)
    {
        tf.random.set_seed(32);
        var x = tf.tile(tf.random.uniform((32, 64), -1, 1), [Steps, 1]);
        var y = tf.tile(tf.one_hot(tf.random.uniform(32, 0, 10, tf.int32), 10), [Steps, 1]);
        var model = keras.Sequential(
            [keras.Input(64), layers.Dense(64, activation: "relu", kernel_regularizer: penalty), layers.Dense(32, activation: "relu"),
                layers.Dense(10)]);
        // So small a rate that nothing changes but the time.
        model.compile(optimizers.Adam(1e-8), losses.CategoricalCrossentropy(from_logits: true));
        Callback[] callbacks = recorder is null ? [] : [recorder.ToCallback()];
        return () => model.fit(x, y, batch_size: 32, epochs: 1, shuffle: false, verbose: 0, callbacks: callbacks);
    }
}
