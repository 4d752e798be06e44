using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Lets a judge move its variables while a fit moves the weights.</summary>
sealed class JudgeCallback : Callback
{
    readonly HyperObjective objective;
    readonly Optimizer optimizer;
    readonly int every;
    bool[] trainable = [];
    long steps;

    public JudgeCallback(HyperObjective objective, Optimizer optimizer, int every)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        (this.objective, this.optimizer, this.every) = (objective, optimizer, every);
    }

    public override void on_train_begin(Dictionary<string, double> logs)
    {
        trainable = [.. objective.Variables.Select(v => v.trainable)];
        foreach (var v in objective.Variables) v.trainable = false;
    }

    public override void on_train_batch_end(int batch, Dictionary<string, double> logs)
    {
        if (++steps % every != 0) return;
        var weights = objective.Weights.Select(w => tf.stop_gradient(w.value())).ToList();
        objective.Step(optimizer);
        foreach (var (weight, value) in objective.Weights.Zip(weights)) weight.assign(value);
    }

    internal override void Release()
    {
        foreach (var (v, was) in objective.Variables.Zip(trainable)) v.trainable = was;
        trainable = [];
    }
}
