using Workbook.Helpers;
using Workbook.Tensors;

namespace Workbook.OutsideTests;

/// <summary>
/// A temperature judged by data that the fit does not see: −mean log softmax(scores / temperature) at the labels. Guo et al. 2017.
/// </summary>
/// <param name="temperature">What it moves.</param>
/// <param name="scores">The scores of the model for those data, computed anew at each look.</param>
/// <param name="labels">Their classes.</param>
public sealed class Calibration(Positive temperature, Func<Tensor> scores, Tensor labels)
    : HyperObjective(Judge.Validation, [temperature.Raw], [])
{
    public override Hypergradient Evaluate()
    {
        using var tape = tf.GradientTape(watch_accessed_variables: false);
        tape.watch(Variables);
        var loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, scores() / temperature));
        return new((double)loss, Read(tape.gradient(loss, Variables)));
    }
}
