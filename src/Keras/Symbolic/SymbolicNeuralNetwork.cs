namespace Workbook.Keras;

/// <summary>The ops of <c>tf.nn</c> on values that a model will have.</summary>
public static class SymbolicNeuralNetwork
{
    extension(NeuralNetworkOps)
    {
        /// <inheritdoc cref="NeuralNetworkOps.relu"/>
        public static KerasTensor relu(KerasOperand features) => Step.Of("relu", tf.nn.relu, features);

        /// <inheritdoc cref="NeuralNetworkOps.relu6"/>
        public static KerasTensor relu6(KerasOperand features) => Step.Of("relu6", tf.nn.relu6, features);

        /// <inheritdoc cref="NeuralNetworkOps.selu"/>
        public static KerasTensor selu(KerasOperand features) => Step.Of("selu", tf.nn.selu, features);

        /// <inheritdoc cref="NeuralNetworkOps.sigmoid"/>
        public static KerasTensor sigmoid(KerasOperand x) => Step.Of("sigmoid", tf.nn.sigmoid, x);

        /// <inheritdoc cref="NeuralNetworkOps.tanh"/>
        public static KerasTensor tanh(KerasOperand x) => Step.Of("tanh", tf.nn.tanh, x);

        /// <inheritdoc cref="NeuralNetworkOps.softplus"/>
        public static KerasTensor softplus(KerasOperand features) => Step.Of("softplus", tf.nn.softplus, features);

        /// <inheritdoc cref="NeuralNetworkOps.softsign"/>
        public static KerasTensor softsign(KerasOperand features) => Step.Of("softsign", tf.nn.softsign, features);

        /// <inheritdoc cref="NeuralNetworkOps.l2_loss"/>
        public static KerasTensor l2_loss(KerasOperand t) => Step.Of("l2_loss", tf.nn.l2_loss, t);

        /// <inheritdoc cref="NeuralNetworkOps.leaky_relu"/>
        public static KerasTensor leaky_relu(KerasOperand features, KerasOperand? alpha = null) =>
            alpha is null ? Step.Of("leaky_relu", x => tf.nn.leaky_relu(x), features) : Step.Of("leaky_relu", tf.nn.leaky_relu, features, alpha);

        /// <inheritdoc cref="NeuralNetworkOps.elu"/>
        public static KerasTensor elu(KerasOperand features, KerasOperand? alpha = null) =>
            alpha is null ? Step.Of("elu", x => tf.nn.elu(x), features) : Step.Of("elu", tf.nn.elu, features, alpha);

        /// <inheritdoc cref="NeuralNetworkOps.silu"/>
        public static KerasTensor silu(KerasOperand features, KerasOperand? beta = null) =>
            beta is null ? Step.Of("silu", x => tf.nn.silu(x), features) : Step.Of("silu", tf.nn.silu, features, beta);

        /// <inheritdoc cref="NeuralNetworkOps.swish"/>
        public static KerasTensor swish(KerasOperand features, KerasOperand? beta = null) =>
            beta is null ? Step.Of("swish", x => tf.nn.swish(x), features) : Step.Of("swish", tf.nn.swish, features, beta);

        /// <inheritdoc cref="NeuralNetworkOps.gelu"/>
        public static KerasTensor gelu(KerasOperand features, bool approximate = false) => Step.Of("gelu", x => tf.nn.gelu(x, approximate), features);

        /// <inheritdoc cref="NeuralNetworkOps.softmax"/>
        public static KerasTensor softmax(KerasOperand logits, int axis = -1) => Step.Of("softmax", x => tf.nn.softmax(x, axis), logits);

        /// <inheritdoc cref="NeuralNetworkOps.log_softmax"/>
        public static KerasTensor log_softmax(KerasOperand logits, int axis = -1) => Step.Of("log_softmax", x => tf.nn.log_softmax(x, axis), logits);

        /// <inheritdoc cref="NeuralNetworkOps.l2_normalize"/>
        public static KerasTensor l2_normalize(KerasOperand x, Axes? axis = null, double epsilon = 1e-12) => Step.Of("l2_normalize", t => tf.nn.l2_normalize(t, axis, epsilon), x);
    }
}
