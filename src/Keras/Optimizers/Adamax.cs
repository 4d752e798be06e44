namespace Workbook.Keras;

/// <summary>Adam with the largest gradient so far in place of the root mean square. Kingma and Ba 2014. Keras: keras.optimizers.Adamax.</summary>
/// <param name="learning_rate">A number, a variable or a schedule; default 0.001.</param>
/// <param name="beta_1">The share of the first moment that is kept; default 0.9.</param>
/// <param name="beta_2">The share of the second moment that is kept; default 0.999.</param>
/// <param name="epsilon">Keeps the division finite; default 1e-7.</param>
[Names("adamax")]
public sealed class Adamax(LearningRate? learning_rate = null, Hyperparameter? beta_1 = null, Hyperparameter? beta_2 = null, double epsilon = 1e-7) : Optimizer(learning_rate ?? 0.001)
{
    readonly Hyperparameter beta1 = (beta_1 ?? 0.9).Within("beta_1", low: 0, high: 1, open: true);
    readonly Hyperparameter beta2 = (beta_2 ?? 0.999).Within("beta_2", low: 0, high: 1, open: true);

    private protected override string[] SlotNames => ["momentum", "norm"];

    private protected override Tensor Rule(Tensor w, Tensor g, Slots s, double lr, long t)
    {
        double b1 = (double)beta1, b2 = (double)beta2;
        var m = s[0] = s[0] + (g - s[0]) * (1 - b1);
        var u = s[1] = tf.maximum(b2 * s[1], tf.abs(g));
        return w - lr * m / ((1 - Math.Pow(b1, t)) * (u + epsilon));
    }
}

public static partial class keras
{
    public static partial class optimizers
    {
        /// <inheritdoc cref="Keras.Adamax"/>
        /// <param name="learning_rate">A number, a variable or a schedule; default 0.001.</param>
        /// <param name="beta_1">The share of the first moment that is kept; default 0.9.</param>
        /// <param name="beta_2">The share of the second moment that is kept; default 0.999.</param>
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
        public static Adamax Adamax(LearningRate? learning_rate = null, Hyperparameter? beta_1 = null, Hyperparameter? beta_2 = null, double epsilon = 1e-7,
            Hyperparameter? weight_decay = null, Hyperparameter? clipnorm = null, Hyperparameter? clipvalue = null, Hyperparameter? global_clipnorm = null,
            bool use_ema = false, Hyperparameter? ema_momentum = null, int? ema_overwrite_frequency = null, double? loss_scale_factor = null, int? gradient_accumulation_steps = null) =>
            new(learning_rate, beta_1, beta_2, epsilon)
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
