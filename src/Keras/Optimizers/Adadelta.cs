namespace Workbook.Keras;

/// <summary>Steps whose size follows from the sizes of earlier steps and gradients. Zeiler 2012. Keras: keras.optimizers.Adadelta.</summary>
/// <remarks>Gₜ = ρG + (1−ρ)g²; Δ = −g·√(D + ε)/√(Gₜ + ε); D = ρD + (1−ρ)Δ²; w += rate·Δ.</remarks>
/// <param name="learning_rate">A number, a variable or a schedule; default 0.001.</param>
/// <param name="rho">The share of the averages that is kept; default 0.95.</param>
/// <param name="epsilon">Keeps the division finite; default 1e-7.</param>
[Names("adadelta")]
public sealed class Adadelta(LearningRate? learning_rate = null, Hyperparameter? rho = null, double epsilon = 1e-7) : Optimizer(learning_rate ?? 0.001)
{
    readonly Hyperparameter kept = (rho ?? 0.95).Within("rho", low: 0, high: 1);

    private protected override string[] SlotNames => ["accumulated_grad", "accumulated_delta_var"];

    private protected override Tensor Rule(Tensor w, Tensor g, Slots s, double lr, long t)
    {
        var r = (double)kept;
        var gradients = s[0] = r * s[0] + (1 - r) * tf.square(g);
        var step = -(g * tf.sqrt(s[1] + epsilon) / tf.sqrt(gradients + epsilon));
        s[1] = r * s[1] + (1 - r) * tf.square(step);
        return w + lr * step;
    }
}

public static partial class keras
{
    public static partial class optimizers
    {
        /// <inheritdoc cref="Keras.Adadelta"/>
        /// <param name="learning_rate">A number, a variable or a schedule; default 0.001.</param>
        /// <param name="rho">The share of the averages that is kept; default 0.95.</param>
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
        public static Adadelta Adadelta(LearningRate? learning_rate = null, Hyperparameter? rho = null, double epsilon = 1e-7,
            Hyperparameter? weight_decay = null, Hyperparameter? clipnorm = null, Hyperparameter? clipvalue = null, Hyperparameter? global_clipnorm = null,
            bool use_ema = false, Hyperparameter? ema_momentum = null, int? ema_overwrite_frequency = null, double? loss_scale_factor = null, int? gradient_accumulation_steps = null) =>
            new(learning_rate, rho, epsilon)
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
