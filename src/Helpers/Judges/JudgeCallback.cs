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
    long steps, stepsOfFit;
    bool spoken;

    public JudgeCallback(HyperObjective objective, Optimizer optimizer, int every)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        (this.objective, this.optimizer, this.every) = (objective, optimizer, every);
    }

    /// <summary>The judge.</summary>
    public HyperObjective Objective => objective;

    public override void on_train_begin(Dictionary<string, double> logs)
    {
        (stepsOfFit, spoken) = (0, false);
        trainable = [.. objective.Variables.Select(v => v.trainable)];
        foreach (var v in objective.Variables) v.trainable = false;
    }

    public override void on_train_batch_end(int batch, Dictionary<string, double> logs)
    {
        stepsOfFit++;
        if (++steps % every != 0) return;
        spoken = objective.IsBesideFit = true;
        var weights = objective.Weights.Select(w => tf.stop_gradient(w.value())).ToList();
        objective.Step(optimizer);
        foreach (var (weight, value) in objective.Weights.Zip(weights)) weight.assign(value);
    }

    public override void Release()
    {
        if (!spoken)
            Warnings.Once($"judge:{every}:{stepsOfFit}",
                $"{objective.GetType().Name}: the judge speaks after every {every} steps of a fit, and this fit had {stepsOfFit}, so "
                    + $"nothing moved {string.Join(", ", objective.Variables.Select(v => $"'{v.name}'"))}. "
                + "Give ToCallback a smaller number for every, or train longer.");
        foreach (var (v, was) in objective.Variables.Zip(trainable)) v.trainable = was;
        trainable = [];
    }
}
