using Workbook.Tensors.Backends;
using Workbook.Tensors.Backends.Kernels;

namespace Workbook.Keras;

/// <summary>Gradient descent: w −= rate · g, or with momentum v = momentum · v − rate · g; w += v. Keras: keras.optimizers.SGD.</summary>
/// <remarks>The learning rate is inside the velocity. Nesterov: w += momentum · v − rate · g with the new v.</remarks>
/// <param name="learning_rate">A number, a variable or a schedule; default 0.01.</param>
/// <param name="momentum">From 0 to 1; default 0; may be a variable.</param>
/// <param name="nesterov">Whether the gradient counts as if it were taken one step ahead.</param>
[Names("sgd")]
public sealed class SGD(LearningRate? learning_rate = null, Hyperparameter? momentum = null, bool nesterov = false) : Optimizer(learning_rate ?? 0.01)
{
    readonly Hyperparameter momentum = (momentum ?? 0).Within("momentum", low: 0, high: 1);

    private protected override string[] SlotNames => ["velocity"];

    private protected override bool Fused(Variable variable, Tensor g, Slots s, double lr, long t)
    {
        if ((double)momentum != 0) return false;
        Backend.Current.Update(Updates.Descent, variable, g, null, null, [lr]);
        return true;
    }

    private protected override Tensor Rule(Tensor w, Tensor g, Slots s, double lr, long t)
    {
        var mu = (double)momentum;
        if (mu == 0) return w - lr * g;
        var v = s[0] = mu * s[0] - lr * g;
        return nesterov ? w + mu * v - lr * g : w + v;
    }
}

public static partial class keras
{
    /// <summary>What moves variables. Keras: keras.optimizers.</summary>
    public static partial class optimizers
    {
        /// <inheritdoc cref="Keras.SGD"/>
        /// <param name="learning_rate">A number, a variable or a schedule; default 0.01.</param>
        /// <param name="momentum">From 0 to 1; default 0; may be a variable.</param>
        /// <param name="nesterov">Whether the gradient counts as if it were taken one step ahead.</param>
        /// <param name="weight_decay">Decoupled weight decay: before each update, w −= w · weight_decay · rate.</param>
        /// <param name="clipnorm">The greatest norm of the gradient of one variable.</param>
        /// <param name="clipvalue">The greatest size of an element of a gradient.</param>
        /// <param name="global_clipnorm">The greatest norm of all gradients together.</param>
        /// <param name="use_ema">Whether a moving average of each variable is kept, and written to it at the end of a fit.</param>
        /// <param name="ema_momentum">The share of the old average that is kept; default 0.99.</param>
        /// <param name="ema_overwrite_frequency">After how many steps the average overwrites the variable.</param>
        /// <param name="loss_scale_factor">What the loss was multiplied by, to be taken out of the gradients.</param>
        /// <param name="gradient_accumulation_steps">How many gradients are averaged before an update.</param>
        public static SGD SGD(LearningRate? learning_rate = null, Hyperparameter? momentum = null, bool nesterov = false,
            Hyperparameter? weight_decay = null, Hyperparameter? clipnorm = null, Hyperparameter? clipvalue = null, Hyperparameter? global_clipnorm = null,
            bool use_ema = false, Hyperparameter? ema_momentum = null, int? ema_overwrite_frequency = null, double? loss_scale_factor = null, int? gradient_accumulation_steps = null) =>
            new(learning_rate, momentum, nesterov)
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
