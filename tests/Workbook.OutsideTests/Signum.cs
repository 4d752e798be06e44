using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.OutsideTests;

/// <summary>Steps of one size: m = β·m + (1 − β)·g; w −= rate · sign(m). Bernstein et al. 2018.</summary>
public sealed class Signum(LearningRate learning_rate, Hyperparameter? beta = null) : Optimizer(learning_rate)
{
    readonly Hyperparameter beta = beta ?? 0.9;

    protected override string[] SlotNames => ["momentum"];

    protected override Tensor Rule(Tensor w, Tensor g, Slots s, double lr, long t)
    {
        var b = (double)beta;
        s[0] = b * s[0] + (1 - b) * g;
        return w - lr * tf.sign(s[0]);
    }
}
