using Workbook.Keras;

namespace Workbook.Helpers;

/// <summary>What a step of a model does with the units of its input.</summary>
enum UnitStep
{
    /// <summary>Something else: all of them are needed.</summary>
    Other,

    /// <summary>It multiplies each by a number from 0 to 1.</summary>
    Gate,

    /// <summary>A factor above 0, and 0, go through as they are.</summary>
    Straight,

    /// <summary>Each goes through by itself.</summary>
    Each,

    /// <summary>Units of the same place are joined.</summary>
    Sum,

    /// <summary>Units of several inputs stand side by side.</summary>
    Beside,

    /// <summary>Those of all places stand side by side.</summary>
    Flatten,

    /// <summary>It makes units of its own from identifiers.</summary>
    Units,

    /// <summary>It has a row of weights for each.</summary>
    Rows,

    /// <summary>That, and units of its own, each made by itself.</summary>
    RowsAndUnits,

    /// <summary>That, with units that a gate inside closes.</summary>
    Gated,
}

/// <summary>Follows units from step to step.</summary>
static class UnitSteps
{
    public static UnitStep KindOf(GraphStep step) => step.Layer switch
    {
        HardConcreteGate => UnitStep.Gate,
        GatedRecurrent => UnitStep.Gated,
        Workbook.Keras.Flatten when step.Outputs[0].shape[^1] > 0 => UnitStep.Flatten,
        Recurrent or Bidirectional => UnitStep.Rows,
        Embedding => UnitStep.Units,
        Dense or Conv when HasGroups(step) => UnitStep.Other,
        Dense or Conv1D or Conv2D => UnitLayers.Mixes(step.Layer, RankOf(step)) ? UnitStep.Rows : UnitStep.RowsAndUnits,
        Concatenate when step.Outputs[0].shape.Rank > 1 && step.Outputs[0].shape[^1] == step.Inputs.Sum(i => i.shape[^1])
            => UnitStep.Beside,
        _ when IsSum(step) => UnitStep.Sum,
        { } layer when step.Inputs.Count == 1 && UnitLayers.IsStraight(layer, RankOf(step)) => UnitStep.Straight,
        { } layer when step.Inputs.Count == 1 && UnitLayers.IsEach(layer, RankOf(step)) && !UnitLayers.Mixes(layer, RankOf(step))
            => UnitStep.Each,
        _ => UnitStep.Other,
    };

    public static int RankOf(GraphStep step) => step.Inputs[0].shape.Rank;

    /// <summary>Whether a convolution has a row for some of its inputs only.</summary>
    public static bool HasGroups(GraphStep step) => step.Layer is Conv conv && conv.kernel!.shape[^2] != step.Inputs[0].shape[^1];

    /// <summary>Whether units of the same place meet, each with its own.</summary>
    public static bool IsSum(GraphStep step) => !step.HasNumbers && step.Inputs.Count > 1
        && step.Inputs.All(i => i.shape == step.Outputs[0].shape)
        && (step.Layer is Add or Subtract or Average or Maximum or Minimum
            || (step.Layer is null && step.Name is "add" or "subtract" or "maximum" or "minimum"));

    /// <summary>Whether a step can do without an input of zeros.</summary>
    public static bool MayLose(GraphStep step) => KindOf(step) == UnitStep.Beside || (KindOf(step) == UnitStep.Sum && IsPlus(step));

    static bool IsPlus(GraphStep step) => step.Layer is Add || step is { Layer: null, Name: "add" };
}
