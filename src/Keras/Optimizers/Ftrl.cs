namespace Workbook.Keras;

/// <summary>Follow the regularized leader: sparse weights by an L1 term in the rule itself. McMahan et al. 2013. Keras: keras.optimizers.Ftrl.</summary>
/// <param name="learning_rate">A number, a variable or a schedule; default 0.001.</param>
/// <param name="learning_rate_power">At most 0; default −0.5.</param>
/// <param name="initial_accumulator_value">Default 0.1.</param>
/// <param name="l1_regularization_strength">Default 0.</param>
/// <param name="l2_regularization_strength">Default 0.</param>
/// <param name="l2_shrinkage_regularization_strength">Default 0.</param>
/// <param name="beta">Default 0.</param>
[Names("ftrl")]
public sealed class Ftrl(LearningRate? learning_rate = null, double learning_rate_power = -0.5, double initial_accumulator_value = 0.1, double l1_regularization_strength = 0, double l2_regularization_strength = 0, double l2_shrinkage_regularization_strength = 0, double beta = 0) : Optimizer(learning_rate ?? 0.001)
{
    private protected override string[] SlotNames => ["accumulator", "linear"];

    private protected override Tensor FirstSlot(int slot, Tensor w) => slot == 0 ? tf.fill(w.shape, initial_accumulator_value, w.dtype) : tf.zeros_like(w);

    private protected override Tensor Rule(Tensor w, Tensor g, Slots s, double lr, long t)
    {
        var shrunk = g + 2 * l2_shrinkage_regularization_strength * w;
        var a = s[0] + tf.square(g);
        var (before, after) = (tf.pow(s[0], -learning_rate_power), tf.pow(a, -learning_rate_power));
        var z = s[1] = s[1] + shrunk - (after - before) / lr * w;
        s[0] = a;
        var quadratic = after / lr + 2 * (l2_regularization_strength + beta / (2 * lr));
        return (tf.clip_by_value(z, -l1_regularization_strength, l1_regularization_strength) - z) / quadratic;
    }
}

public static partial class keras
{
    public static partial class optimizers
    {
        /// <inheritdoc cref="Keras.Ftrl"/>
        /// <param name="learning_rate">A number, a variable or a schedule; default 0.001.</param>
        /// <param name="learning_rate_power">At most 0; default −0.5.</param>
        /// <param name="initial_accumulator_value">Default 0.1.</param>
        /// <param name="l1_regularization_strength">Default 0.</param>
        /// <param name="l2_regularization_strength">Default 0.</param>
        /// <param name="l2_shrinkage_regularization_strength">Default 0.</param>
        /// <param name="beta">Default 0.</param>
        /// <param name="weight_decay">Decoupled weight decay: before each update, w −= w · weight_decay · rate.</param>
        /// <param name="clipnorm">The greatest norm of the gradient of one variable.</param>
        /// <param name="clipvalue">The greatest size of an element of a gradient.</param>
        /// <param name="global_clipnorm">The greatest norm of all gradients together.</param>
        /// <param name="use_ema">Whether a moving average of each variable is kept, and written to it at the end of a fit.</param>
        /// <param name="ema_momentum">The share of the old average that is kept; default 0.99.</param>
        /// <param name="ema_overwrite_frequency">After how many steps the average overwrites the variable.</param>
        /// <param name="loss_scale_factor">What the loss was multiplied by, to be taken out of the gradients.</param>
        /// <param name="gradient_accumulation_steps">How many gradients are averaged before an update.</param>
        public static Ftrl Ftrl(LearningRate? learning_rate = null, double learning_rate_power = -0.5, double initial_accumulator_value = 0.1, double l1_regularization_strength = 0, double l2_regularization_strength = 0, double l2_shrinkage_regularization_strength = 0, double beta = 0,
            Hyperparameter? weight_decay = null, Hyperparameter? clipnorm = null, Hyperparameter? clipvalue = null, Hyperparameter? global_clipnorm = null,
            bool use_ema = false, Hyperparameter? ema_momentum = null, int? ema_overwrite_frequency = null, double? loss_scale_factor = null, int? gradient_accumulation_steps = null) =>
            new(learning_rate, learning_rate_power, initial_accumulator_value, l1_regularization_strength, l2_regularization_strength, l2_shrinkage_regularization_strength, beta)
            {
                weight_decay = weight_decay,
                clipnorm = clipnorm,
                clipvalue = clipvalue,
                global_clipnorm = global_clipnorm,
                use_ema = use_ema,
                ema_momentum = ema_momentum ?? 0.99,
                ema_overwrite_frequency = ema_overwrite_frequency,
                loss_scale_factor = loss_scale_factor,
                gradient_accumulation_steps = gradient_accumulation_steps,
            };
    }
}
