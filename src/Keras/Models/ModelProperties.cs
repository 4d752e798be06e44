namespace Workbook.Keras;

/// <summary>Properties that stand outside of their classes, so that inside a layer or model of one's own <c>layers.Dense</c> and
/// <c>losses.mean_squared_error</c> still mean <c>keras.layers</c> and <c>keras.losses</c>.</summary>
public static class ModelProperties
{
    extension(Model model)
    {
        /// <summary>The layers of a model, in the order of its graph or of its fields. Keras: model.layers.</summary>
        public IReadOnlyList<Layer> layers => model.OwnLayers;

        /// <summary>The loss, what fields of the model and its layers hold, and what compile got; <c>fit</c> and <c>evaluate</c> reset
        /// them before they begin. Keras: model.metrics.</summary>
        public IReadOnlyList<Metric> metrics => model.OwnMetrics;

        /// <summary>The names of the numbers in the logs so far, the loss first. Keras has the losses and metrics of compile under two
        /// names.</summary>
        public IReadOnlyList<string> metrics_names => model.OwnMetricsNames;
    }

    extension(Layer layer)
    {
        /// <summary>The penalties on weights that train, and what the last call added by add_loss or activity regularizers. Keras:
        /// layer.losses.</summary>
        public IReadOnlyList<Tensor> losses => layer.OwnLosses;

        /// <summary>All variables of the layer; the same as <see cref="Module.variables"/>. Keras: layer.weights.</summary>
        public IReadOnlyList<Variable> weights => layer.variables;

        /// <summary>The variables that a fit moves. Keras: layer.trainable_weights.</summary>
        public IReadOnlyList<Variable> trainable_weights => layer.trainable_variables;

        /// <summary>The variables that a fit does not move by gradients. Keras: layer.non_trainable_weights.</summary>
        public IReadOnlyList<Variable> non_trainable_weights => layer.non_trainable_variables;

        /// <summary>What goes into the layer where it was first put into a graph, or into a functional model. Keras: layer.input.</summary>
        /// <exception cref="ModelException">It was never put into a graph, or has several inputs.</exception>
        public KerasTensor input => layer.Place("input", layer.GraphInputs, "model.inputs");

        /// <summary>What comes out of the layer where it was first put into a graph, or out of a functional model. Keras:
        /// layer.output.</summary>
        /// <exception cref="ModelException">It was never put into a graph, or has several outputs.</exception>
        public KerasTensor output => layer.Place("output", layer.GraphOutputs, "model.outputs");
    }
}
