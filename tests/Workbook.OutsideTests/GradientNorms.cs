using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.OutsideTests;

/// <summary>Keeps the length of the gradient that moved each variable, step by step.</summary>
public sealed class GradientNorms : Callback
{
    readonly Dictionary<string, List<double>> norms = [];

    public IReadOnlyDictionary<string, List<double>> Norms => norms;

    public override void on_train_batch_end(int batch, Dictionary<string, double> logs)
    {
        foreach (var (variable, gradient) in model.LatestGradients)
        {
            if (!norms.TryGetValue(variable.name, out var list)) norms.Add(variable.name, list = []);
            list.Add((double)tf.norm(gradient));
        }
    }
}
