namespace Workbook.Keras;

/// <summary>Properties that stand outside of their classes, so that inside a layer or model of one's own <c>layers.Dense</c> and <c>losses.mean_squared_error</c> still mean <c>keras.layers</c> and <c>keras.losses</c>.</summary>
public static class ModelProperties
{
    extension(Model model)
    {
        /// <summary>The layers of a model, in the order of its graph or of its fields. Keras: model.layers.</summary>
        public IReadOnlyList<Layer> layers => model.OwnLayers;
    }

    extension(Layer layer)
    {
        /// <summary>The penalties on weights that train, and what the last call added by add_loss or activity regularizers. Keras: layer.losses.</summary>
        public IReadOnlyList<Tensor> losses => layer.OwnLosses;
    }
}
