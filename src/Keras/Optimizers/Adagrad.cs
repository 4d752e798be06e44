namespace Workbook.Keras;

/// <summary>w −= rate · g / √(a + ε) with a the sum of all squared gradients. Duchi et al. 2011. Keras: keras.optimizers.Adagrad.</summary>
/// <param name="learning_rate">A number, a variable or a schedule; default 0.001.</param>
/// <param name="initial_accumulator_value">Where the sum starts; default 0.1.</param>
/// <param name="epsilon">Keeps the division finite; default 1e-7.</param>
[Names("adagrad")]
public sealed class Adagrad(LearningRate? learning_rate = null, double initial_accumulator_value = 0.1, double epsilon = 1e-7) : Optimizer(learning_rate ?? 0.001)
{
    private protected override string[] SlotNames => ["accumulator"];

    private protected override Tensor FirstSlot(int slot, Tensor w) => tf.fill(w.shape, initial_accumulator_value, w.dtype);

    private protected override Tensor Rule(Tensor w, Tensor g, Slots s, double lr, long t)
    {
        var a = s[0] = s[0] + tf.square(g);
        return w - lr * g / tf.sqrt(a + epsilon);
    }
}

public static partial class keras
{
    public static partial class optimizers
    {
        /// <inheritdoc cref="Keras.Adagrad"/>
        /// <param name="learning_rate">A number, a variable or a schedule; default 0.001.</param>
        /// <param name="initial_accumulator_value">Where the sum starts; default 0.1.</param>
        /// <param name="epsilon">Keeps the division finite; default 1e-7.</param>
        /// <param name="weight_decay">Decoupled weight decay: before each update, w −= w · weight_decay · rate.</param>
        /// <param name="clipnorm">The greatest norm of the gradient of one variable.</param>
        /// <param name="clipvalue">The greatest size of an element of a gradient.</param>
        /// <param name="global_clipnorm">The greatest norm of all gradients together.</param>
        /// <param name="use_ema">Whether a moving average of each variable is kept, and written to it at the end of a fit.</param>
        /// <param name="ema_momentum">The share of the old average that is kept; default 0.99.</param>
        /// <param name="ema_overwrite_frequency">After how many steps the average overwrites the variable.</param>
        /// <param name="loss_scale_factor">What the loss was multiplied by, to be taken out of the gradients.</param>
        /// <param name="gradient_accumulation_steps">How many gradients are averaged before an update.</param>
        public static Adagrad Adagrad(LearningRate? learning_rate = null, double initial_accumulator_value = 0.1, double epsilon = 1e-7,
            Hyperparameter? weight_decay = null, Hyperparameter? clipnorm = null, Hyperparameter? clipvalue = null, Hyperparameter? global_clipnorm = null,
            bool use_ema = false, Hyperparameter? ema_momentum = null, int? ema_overwrite_frequency = null, double? loss_scale_factor = null, int? gradient_accumulation_steps = null) =>
            new(learning_rate, initial_accumulator_value, epsilon)
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
