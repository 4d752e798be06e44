using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// Gradient surgery: where the gradients of two losses point against each other, each loses the part that works against the other; then
/// they are added.
/// </summary>
/// <remarks>
/// g_i ← g_i − (g_i·g_j / ‖g_j‖²)·g_j for each j with g_i·g_j &lt; 0, in random order, with g_j as it was. The result is a weighted sum of
/// the gradients,
/// and <see cref="GradientWeights.Weights"/> are its weights: 1 without conflict, above 1 with it. Two losses both fall along it; of three
/// or more, each gives way to the last one asked, which need
/// not satisfy all. Heads move by their own loss. Where two gradients are opposite, it is 0.
/// Judge: a constraint, no conflict. Source: Yu et al. 2020.
/// </remarks>
/// <param name="tasks">The number of losses.</param>
/// <param name="seed">Of the order in which three or more losses give way.</param>
/// <param name="name">The name of the variable.</param>
/// <param name="dtype">The element type of the variable.</param>
public sealed class PCGrad(int tasks, ulong seed = 0, string name = "task_weights", DType dtype = DType.Float32)
    : GradientWeights(tasks, name, dtype)
{
    readonly SplitMix64 random = new(seed);

    private protected override (double[] Used, double[] Next) Balance(double[] losses, double[,] dots)
    {
        var K = losses.Length;
        var sum = new double[K];
        for (var i = 0; i < K; i++)
        {
            // The i-th gradient after surgery, as the coefficients of the gradients it is made of.
            var made = new double[K];
            made[i] = 1;
            foreach (var j in random.Permutation(K).Where(j => j != i))
            {
                var conflict = made.Select((c, k) => c * dots[k, j]).Sum();
                if (conflict < 0) made[j] -= conflict / dots[j, j];
            }
            for (var k = 0; k < K; k++) sum[k] += made[k];
        }
        return (sum, sum);
    }
}
