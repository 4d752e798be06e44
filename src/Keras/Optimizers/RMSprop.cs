namespace Workbook.Keras;

/// <summary>The gradient divided by the root of a moving average of its square. Hinton 2012. Keras: keras.optimizers.RMSprop.</summary>
/// <remarks>ε is inside the root.</remarks>
/// <param name="learning_rate">A number, a variable or a schedule; default 0.001.</param>
/// <param name="rho">The share of the average that is kept; default 0.9.</param>
/// <param name="momentum">Default 0.</param>
/// <param name="epsilon">Keeps the division finite; default 1e-7.</param>
/// <param name="centered">Whether the variance is used in place of the mean square.</param>
[Names("rmsprop")]
public sealed class RMSprop(LearningRate? learning_rate = null, Hyperparameter? rho = null, Hyperparameter? momentum = null, double epsilon = 1e-7, bool centered = false) : Optimizer(learning_rate ?? 0.001)
{
    readonly Hyperparameter kept = (rho ?? 0.9).Within("rho", low: 0, high: 1);
    readonly Hyperparameter momentum = (momentum ?? 0).Within("momentum", low: 0, high: 1);

    private protected override string[] SlotNames => ["velocity", "momentum", "average_gradient"];

    private protected override Tensor Rule(Tensor w, Tensor g, Slots s, double lr, long t)
    {
        double r = (double)kept, mu = (double)momentum;
        var v = s[0] = r * s[0] + (1 - r) * tf.square(g);
        if (centered)
        {
            var mean = s[2] = r * s[2] + (1 - r) * g;
            v -= tf.square(mean);
        }
        var step = lr * g / tf.sqrt(v + epsilon);
        if (mu > 0) step = s[1] = mu * s[1] + step;
        return w - step;
    }
}

public static partial class keras
{
    public static partial class optimizers
    {
        /// <inheritdoc cref="Keras.RMSprop"/>
        /// <param name="learning_rate">A number, a variable or a schedule; default 0.001.</param>
        /// <param name="rho">The share of the average that is kept; default 0.9.</param>
        /// <param name="momentum">Default 0.</param>
        /// <param name="epsilon">Keeps the division finite; default 1e-7.</param>
        /// <param name="centered">Whether the variance is used in place of the mean square.</param>
        /// <param name="weight_decay">Decoupled weight decay: before each update, w −= w · weight_decay · rate.</param>
        /// <param name="clipnorm">The greatest norm of the gradient of one variable.</param>
        /// <param name="clipvalue">The greatest size of an element of a gradient.</param>
        /// <param name="global_clipnorm">The greatest norm of all gradients together.</param>
        /// <param name="use_ema">Whether a moving average of each variable is kept, and written to it at the end of a fit.</param>
        /// <param name="ema_momentum">The share of the old average that is kept; default 0.99.</param>
        /// <param name="ema_overwrite_frequency">After how many steps the average overwrites the variable.</param>
        /// <param name="loss_scale_factor">What the loss was multiplied by, to be taken out of the gradients.</param>
        /// <param name="gradient_accumulation_steps">How many gradients are averaged before an update.</param>
        public static RMSprop RMSprop(LearningRate? learning_rate = null, Hyperparameter? rho = null, Hyperparameter? momentum = null, double epsilon = 1e-7, bool centered = false,
            Hyperparameter? weight_decay = null, Hyperparameter? clipnorm = null, Hyperparameter? clipvalue = null, Hyperparameter? global_clipnorm = null,
            bool use_ema = false, Hyperparameter? ema_momentum = null, int? ema_overwrite_frequency = null, double? loss_scale_factor = null, int? gradient_accumulation_steps = null) =>
            new(learning_rate, rho, momentum, epsilon, centered)
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
