using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>How a variable went over a fit, as far as a verdict needs it.</summary>
sealed class Course(Variable variable)
{
    readonly List<double> sizes = [];
    double[] last = variable.value().ToArray<double>();
    int ups, downs;

    public Tensor Start { get; } = tf.stop_gradient(variable.value());

    public int Steps => sizes.Count;

    public void Add(Variable variable)
    {
        var now = tf.stop_gradient(variable.value()).ToArray<double>();
        var change = now.Zip(last, (a, b) => a - b).ToArray();
        var sum = change.Sum();
        if (sum > 0) ups++;
        else if (sum < 0) downs++;
        sizes.Add(Math.Sqrt(change.Sum(c => c * c)));
        last = now;
    }

    /// <summary>+1 or −1 where every step, or all but a few, went one way and the last ones are as long as those in the middle; 0:
    /// neither.</summary>
    public int Drifts
    {
        get
        {
            if (Steps < 20 || (ups > 0.02 * Steps && downs > 0.02 * Steps) || ups + downs < 0.5 * Steps) return 0;
            double late = Mean(Steps * 4 / 5, Steps), middle = Mean(Steps * 2 / 5, Steps * 3 / 5);
            return late < 0.7 * middle || late == 0 ? 0 : Math.Sign(ups - downs);
        }
    }

    double Mean(int from, int to) => sizes.Skip(from).Take(to - from).DefaultIfEmpty(0).Average();
}
