using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;

namespace Workbook.Benchmarks;

/// <summary>What the doctor's checks cost, in steps of a fit of the same model on the same batch: processor time, in turns.</summary>
static class Doctors
{
    const int Steps = 20, Rounds = 15;

    static readonly (string Name, string[] Checks)[] groups =
    [
        ("D1 to D5, the wiring", ["D1", "D2", "D3", "D4", "D5"]),
        ("and D6, D7, D9", ["D1", "D2", "D3", "D4", "D5", "D6", "D7", "D9"]),
        ("all ten", [.. Doctor.Checks.Select(c => c.Id)]),
    ];

    public static void Print()
    {
        Console.WriteLine($"\n{"an examination, in steps of fit",-32} {"step, µs",10} "
            + string.Join(" ", groups.Select(g => $"{g.Name,22}")));
        foreach (var (units, rows) in new[] { (64, 32), (128, 128), (512, 512) })
        {
            var (model, x, y) = Digits(units, rows);
            Tensor many = tf.tile(x, [Steps, 1]), targets = tf.tile(y, [Steps]);
            void Fit() => model.fit(many, targets, batch_size: rows, shuffle: false, verbose: 0);
            using (Warnings.Hear(static _ => true)) Fit();
            var steps = new List<double>();
            var ratios = groups.Select(_ => new List<double>()).ToArray();
            for (var round = -10; round < Rounds; round++)
                for (var i = 0; i < groups.Length; i++)
                {
                    DoctorOptions options = new() { Checks = groups[i].Checks, Seconds = 600 };
                    var examination = ProcessorTime(() => Doctor.Examine(model, x, y, options: options));
                    var step = ProcessorTime(Fit) / Steps;
                    if (round < 0) continue;
                    steps.Add(step);
                    ratios[i].Add(examination / step);
                }
            Console.WriteLine($"{$"64-{units}-10, {rows} rows",-32} {Middle(steps),10:F0} "
                + string.Join(" ", ratios.Select(r => $"{Middle(r),22:F1}")));
        }
    }

    static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);

    static double ProcessorTime(Action action)
    {
        var before = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds;
    }

    /// <summary>A network with a learned scale, a learned exponent and a learned strength.</summary>
    static (Model Model, Tensor X, Tensor Y) Digits(int units, int rows)
    {
        var inputs = keras.Input(64);
        var (scale, exponent) = (tf.Variable(1f, name: "scale"), tf.Variable(1f, name: "exponent"));
        var strength = new Positive(0.001f, "strength");
        var hidden = layers.Dense(units, activation: "relu", kernel_regularizer: regularizers.l2(strength))
            .Apply(new PowerLayer(exponent).Apply(inputs.Then(t => t * scale)));
        var model = keras.Model(inputs, layers.Dense(10).Apply(hidden));
        // So small a rate that nothing changes but the time.
        model.compile(optimizers.Adam(1e-8), losses.SparseCategoricalCrossentropy(from_logits: true));
        return (model, tf.random.normal((rows, 64), seed: 1), tf.random.uniform(rows, 0, 10, tf.int32, seed: 2));
    }
}
