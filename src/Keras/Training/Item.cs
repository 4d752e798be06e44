using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>One batch on its way through a step.</summary>
/// <param name="X">The inputs.</param>
/// <param name="Y">The targets, if there are any.</param>
/// <param name="Weight">The weights of the samples, if there are any.</param>
readonly record struct Item(Batch X, Batch? Y, Batch? Weight)
{
    /// <summary>Names variables from which the data were computed.</summary>
    /// <param name="of">"" or "of validation".</param>
    /// <param name="model">What is trained with them.</param>
    public void See(string of, Layer model)
    {
        if (!X.HasLineage && Y?.HasLineage != true && Weight?.HasLineage != true) return;
        var partner = model.trainable_variables.FirstOrDefault();
        X.See($"the inputs{of}", partner);
        Y?.See($"the targets{of}", partner);
        Weight?.See($"the sample weights{of}", partner);
    }

    static bool Seeable(Batch? batch) => batch?.Any(t => t.HasOrigin) == true;
}
