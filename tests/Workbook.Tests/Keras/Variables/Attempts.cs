using System.Runtime.CompilerServices;
using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Variables;

/// <summary>The ways in which one may bring a variable into a model.</summary>
static partial class Attempts
{
    /// <summary>What trains, by what one writes.</summary>
    public static readonly Dictionary<string, Func<Variable, Model>> Trained = new()
    {
        ["l2(v)"] = v => Regularised(regularizers.l2(v)),
        ["l1(v)"] = v => Regularised(regularizers.l1(v)),
        ["l1_l2(v, v)"] = v => Regularised(regularizers.l1_l2(v, v)),
        ["OrthogonalRegularizer(v)"] = v => Regularised(regularizers.OrthogonalRegularizer(v)),
        ["l2(() => tf.exp(v))"] = v => Regularised(regularizers.l2(() => tf.exp(v))),
        ["a function as regularizer, v owned by nobody"] = v => Regularised(regularizers.Lambda(w => v * tf.reduce_sum(tf.square(w)))),
        ["a class of one's own as regularizer, v in a field"] = v => Regularised(new OwnPenalty(v)),
        ["a class derived from Dense, v in a field, in a function as regularizer"] = v =>
            Functional(x => new DenseWithStrength(v).Apply(x)),
        ["add_loss(v * mean(x²)) in a layer, v in a field"] = v => Functional(x => layers.Dense(1).Apply(new AddsLoss(v).Apply(x))),
        ["activity_regularizer: l2(v)"] = v => Functional(x => layers.Dense(1, activity_regularizer: regularizers.l2(v)).Apply(x)),
        ["ActivityRegularization(v)"] = v => Functional(x => layers.ActivityRegularization(v).Apply(layers.Dense(1).Apply(x))),
        ["tf.math.pow(x, v)"] = v => Functional(x => layers.Dense(1).Apply(tf.math.pow(x, v))),
        ["tf.pow(v, x)"] = v => Functional(x => layers.Dense(1).Apply(tf.pow(v, x))),
        ["x * v"] = v => Functional(x => layers.Dense(1).Apply(x * v)),
        ["v * x"] = v => Functional(x => layers.Dense(1).Apply(v * x)),
        ["v - x"] = v => Functional(x => layers.Dense(1).Apply(v - x)),
        ["x / v"] = v => Functional(x => layers.Dense(1).Apply(x / v)),
        ["x.Then(t => t * v)"] = v => Functional(x => layers.Dense(1).Apply(x.Then(t => t * v))),
        ["Lambda(t => t * v)"] = v => Functional(x => layers.Dense(1).Apply(layers.Lambda(t => t * v).Apply(x))),
        ["Lambda(t => t * v) in a Sequential"] = v => keras.Sequential([layers.Lambda(t => t * v), layers.Dense(1)]),
        ["a layer with v in a field"] = v => Functional(x => layers.Dense(1).Apply(new Scales(v).Apply(x))),
        ["a layer with v in a list"] = v => Functional(x => layers.Dense(1).Apply(new ScalesByList(v).Apply(x))),
        ["a layer with v in nested dictionaries"] = v => Functional(x => layers.Dense(1).Apply(new ScalesByDictionary(v).Apply(x))),
        ["a layer with v in a tuple"] = v => Functional(x => layers.Dense(1).Apply(new ScalesByTuple(v).Apply(x))),
        ["a layer with v in a module"] = v => Functional(x => layers.Dense(1).Apply(new ScalesByModule(v).Apply(x))),
        ["a layer that finds v when it is first called"] = v => Functional(x => layers.Dense(1).Apply(new ScalesLater(v).Apply(x))),
        ["a model with v in a field"] = v => new OwnModel { V = v },
        ["a model with v in a list"] = v => new OwnModel { List = [v] },
        ["a model with v in a dictionary"] = v => new OwnModel { Named = new() { ["v"] = v } },
        ["loss_weights: [v, 1.0]"] = v => TwoOutputs(v, [v, 1.0]),
        ["loss_weights: {a: v, b: 1.0}"] = v => TwoOutputs(v, new Dictionary<string, Hyperparameter> { ["a"] = v, ["b"] = 1.0 }),
        ["loss_weights: v, one output"] = v => Compiled(Linear(), "mse", v),
        ["loss_weights: [v], one output"] = v => Compiled(Linear(), "mse", [v]),
        ["loss_weights: Hyperparameter.Of(() => tf.exp(v))"] = v => Compiled(Linear(), "mse", Hyperparameter.Of(() => tf.exp(v))),
        ["a loss function that reads v, a field of the model"] = v =>
            Compiled(new OwnModel { V = v }, losses.Lambda((y, p) => v * tf.square(y - p))),
        ["a class of one's own as loss, v in a field"] = v => Compiled(Linear(), new OwnLoss(v)),
        ["Huber(delta: v)"] = v => Compiled(Linear(), losses.Huber(delta: v)),
        ["Huber(delta: Hyperparameter.Of(() => tf.exp(v)))"] = v =>
            Compiled(Linear(), losses.Huber(delta: Hyperparameter.Of(() => tf.exp(v)))),
        ["BinaryCrossentropy(label_smoothing: v)"] = v => Compiled(Sigmoid(), losses.BinaryCrossentropy(label_smoothing: v)),
        ["CategoricalCrossentropy(label_smoothing: v)"] = v => Compiled(Softmax(), losses.CategoricalCrossentropy(label_smoothing: v)),
        ["BinaryFocalCrossentropy(gamma: v)"] = v => Compiled(Sigmoid(), losses.BinaryFocalCrossentropy(gamma: v)),
        ["BinaryFocalCrossentropy(apply_class_balancing: true, alpha: v)"] = v =>
            Compiled(Sigmoid(), losses.BinaryFocalCrossentropy(apply_class_balancing: true, alpha: v)),
        ["BinaryFocalCrossentropy(label_smoothing: v)"] = v => Compiled(Sigmoid(), losses.BinaryFocalCrossentropy(label_smoothing: v)),
        ["CategoricalFocalCrossentropy(alpha: v)"] = v => Compiled(Softmax(), losses.CategoricalFocalCrossentropy(alpha: v)),
        ["CategoricalFocalCrossentropy(gamma: v)"] = v => Compiled(Softmax(), losses.CategoricalFocalCrossentropy(gamma: v)),
        ["CategoricalFocalCrossentropy(label_smoothing: v)"] = v =>
            Compiled(Softmax(), losses.CategoricalFocalCrossentropy(label_smoothing: v)),
        ["Dropout(v)"] = v => Functional(x => layers.Dense(1).Apply(layers.Dropout(v).Apply(x))),
        ["GaussianNoise(v)"] = v => Functional(x => layers.Dense(1).Apply(layers.GaussianNoise(v).Apply(x))),
        ["Rescaling(v)"] = v => Functional(x => layers.Dense(1).Apply(layers.Rescaling(v).Apply(x))),
        ["Rescaling(1, offset: v)"] = v => Functional(x => layers.Dense(1).Apply(layers.Rescaling(1, v).Apply(x))),
        ["LeakyReLU(v)"] = v => Functional(x => layers.Dense(1).Apply(layers.LeakyReLU(v).Apply(x - 0.5))),
        ["ReLU(negative_slope: v)"] = v => Functional(x => layers.Dense(1).Apply(layers.ReLU(negative_slope: v).Apply(x - 0.5))),
        ["ReLU(max_value: v)"] = v => Functional(x => layers.Dense(1).Apply(layers.ReLU(max_value: v).Apply(x))),
        ["ReLU(negative_slope: 0.1, threshold: v)"] = v =>
            Functional(x => layers.Dense(1).Apply(layers.ReLU(negative_slope: 0.1, threshold: v).Apply(x))),
        ["ELU(v)"] = v => Functional(x => layers.Dense(1).Apply(layers.ELU(v).Apply(x - 0.5))),
        ["Dense(activation: t => tf.nn.relu(t) * v)"] = v =>
            Functional(x => layers.Dense(1).Apply(layers.Dense(4, activation: t => tf.nn.relu(t) * v).Apply(x))),
        ["Dense(activation: t => keras.activations.leaky_relu(t, v))"] = v =>
            Functional(x => layers.Dense(1).Apply(layers.Dense(4, activation: t => keras.activations.leaky_relu(t, v)).Apply(x))),
        ["Dense(activation: t => keras.activations.elu(t, v))"] = v =>
            Functional(x => layers.Dense(1).Apply(layers.Dense(4, activation: t => keras.activations.elu(t, v)).Apply(x))),
        ["Dense(activation: t => keras.activations.celu(t, v))"] = v =>
            Functional(x => layers.Dense(1).Apply(layers.Dense(4, activation: t => keras.activations.celu(t, v)).Apply(x))),
        ["Dense(activation: t => keras.activations.softmax(t / v))"] = v =>
            Functional(x => layers.Dense(1).Apply(layers.Dense(4, activation: t => keras.activations.softmax(t / v)).Apply(x))),
        ["BatchNormalization(epsilon: v)"] = v => Functional(x => layers.Dense(1).Apply(layers.BatchNormalization(epsilon: v).Apply(x))),
        ["LayerNormalization(epsilon: v)"] = v => Functional(x => layers.Dense(1).Apply(layers.LayerNormalization(epsilon: v).Apply(x))),
        ["SpatialDropout1D(v)"] = v => Sequence(x => layers.SpatialDropout1D(v).Apply(x)),
        ["SpatialDropout2D(v)"] = v => Sequence(x => layers.Reshape((3, 2)).Apply(layers.SpatialDropout2D(v).Apply(layers.Reshape((3, 1,
            2)).Apply(x)))),
        ["GaussianDropout(v)"] = v => Functional(x => layers.Dense(1).Apply(layers.GaussianDropout(v).Apply(x))),
        ["AlphaDropout(v)"] = v => Functional(x => layers.Dense(1).Apply(layers.AlphaDropout(v).Apply(x))),
        ["GroupNormalization(1, epsilon: v)"] = v => Functional(x => layers.Dense(1).Apply(layers.GroupNormalization(1,
            epsilon: v).Apply(x))),
        ["RMSNormalization(epsilon: v)"] = v => Functional(x => layers.Dense(1).Apply(layers.RMSNormalization(epsilon: v).Apply(x))),
        ["SimpleRNN(2, dropout: v)"] = v => Sequence(x => layers.SimpleRNN(2, dropout: v, return_sequences: true).Apply(x)),
        ["LSTM(2, recurrent_dropout: v)"] = v => Sequence(x => layers.LSTM(2, recurrent_dropout: v, return_sequences: true).Apply(x)),
        ["GRU(2, dropout: v)"] = v => Sequence(x => layers.GRU(2, dropout: v, return_sequences: true).Apply(x)),
        ["Conv1D(2, 2, activation: activations.Lambda(t => tf.nn.relu(t) * v))"] = v => Sequence(x =>
            layers.Conv1D(2, 2, activation: activations.Lambda(t => tf.nn.relu(t) * v)).Apply(x)),
        ["LSTM(2, recurrent_activation: activations.Lambda(t => tf.sigmoid(t * v)))"] = v => Sequence(x =>
            layers.LSTM(2, recurrent_activation: activations.Lambda(t => tf.sigmoid(t * v)), return_sequences: true).Apply(x)),
        ["Attention(dropout: v)"] = v => Sequence(x => layers.Attention(dropout: v).Apply([x, x])),
        ["AdditiveAttention(dropout: v)"] = v => Sequence(x => layers.AdditiveAttention(dropout: v).Apply([x, x])),
        ["MultiHeadAttention(1, 2, dropout: v)"] = v => Sequence(x => layers.MultiHeadAttention(1, 2, dropout: v).Apply([x, x])),
        ["new PowerLayer(v)"] = v => Functional(x => layers.Dense(1).Apply(new PowerLayer(v).Apply(x))),
        ["new PowerLayer(2, blur: v)"] = v => Functional(x => layers.Dense(1).Apply(new PowerLayer(2, blur: v).Apply(x))),
        ["Normalization(mean: v, variance: 1)"] = v =>
            Functional(x => layers.Dense(1).Apply(layers.Normalization(mean: v, variance: 1).Apply(x))),
        ["Normalization(mean: 0, variance: v)"] = v =>
            Functional(x => layers.Dense(1).Apply(layers.Normalization(mean: 0, variance: v).Apply(x))),
        ["tf.signed_pow(x, 2, epsilon: v)"] = v => Functional(x => layers.Dense(1).Apply(tf.signed_pow(x, 2.0, epsilon: v))),
        ["tf.nn.l2_normalize(x, epsilon: v)"] = v => Functional(x => layers.Dense(1).Apply(tf.nn.l2_normalize(0.1 * x, 1, epsilon: v))),
        ["tf.pad(x, …, constant_values: v)"] = v =>
            Functional(x => layers.Dense(1).Apply(tf.pad(x, new[,] { { 0, 0 }, { 1, 0 } }, constant_values: v))),
        ["tf.one_hot(i, 3, on_value: v)"] = v => Functional(x => layers.Dense(1).Apply(tf.one_hot(tf.argmax(x, 1), 3, on_value: v))),
        ["tf.one_hot(i, 3, off_value: v)"] = v => Functional(x => layers.Dense(1).Apply(tf.one_hot(tf.argmax(x, 1), 3, off_value: v))),
        ["x * new Bounded(0.5, low: v, high: 1).Value, in Then"] = v =>
        {
            var bounded = new Bounded(0.5, low: v, high: 1);
            return Functional(x => layers.Dense(1).Apply(x.Then(t => t * bounded.Value)));
        },
        ["kernel_regularizer: new BudgetStrength(v, initial: 1)"] = v => Regularised(new BudgetStrength(v, initial: 1)),
        ["loss_weights: one vector, two outputs"] = v => TwoOutputs(v, Hyperparameter.Of(() => tf.stack([v, 1.0 - v]))),
    };

    /// <summary>What is used and cannot train, with words of the warning that says so.</summary>
    public static readonly Dictionary<string, (Func<Variable, Model> Model, string Words)> Reported = new()
    {
        ["a layer with v in a plain object"] = (v => Hidden(new ScalesByObject(v)), "does not own it"),
        ["a layer that makes a variable in every call"] = (v => Hidden(new MakesAnew()), "does not own it"),
        ["a loss function that reads v, owned by nobody"] = (v => Compiled(Linear(), losses.Lambda((y, p) => v * tf.square(y - p))),
            "does not own it"),
        ["SGD(learning_rate: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(v)), "no gradient of a loss reaches it"),
        ["SGD(Hyperparameter.Of(() => tf.exp(v)))"] =
            (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(Hyperparameter.Of(() => tf.exp(v)))),
                "no gradient of a loss reaches it"),
        ["SGD(clipnorm: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(0.02, clipnorm: v)),
            "no gradient of a loss reaches it"),
        ["SGD(clipvalue: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(0.02, clipvalue: v)),
            "no gradient of a loss reaches it"),
        ["SGD(global_clipnorm: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(0.02, global_clipnorm: v)),
            "no gradient of a loss reaches it"),
        ["SGD(momentum: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(0.02, momentum: v)),
            "no gradient of a loss reaches it"),
        ["SGD(weight_decay: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(0.02, weight_decay: v)),
            "no gradient of a loss reaches it"),
        ["SGD(use_ema: true, ema_momentum: v)"] =
            (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(0.02, use_ema: true, ema_momentum: v)),
                "no gradient of a loss reaches it"),
        ["RMSprop(rho: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.RMSprop(rho: v)), "no gradient of a loss reaches it"),
        ["RMSprop(momentum: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.RMSprop(momentum: v)),
            "no gradient of a loss reaches it"),
        ["Adadelta(rho: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.Adadelta(rho: v)), "no gradient of a loss reaches it"),
        ["Adam(beta_1: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.Adam(beta_1: v)), "no gradient of a loss reaches it"),
        ["Adam(beta_2: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.Adam(beta_2: v)), "no gradient of a loss reaches it"),
        ["AdamW(beta_1: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.AdamW(beta_1: v)), "no gradient of a loss reaches it"),
        ["AdamW(beta_2: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.AdamW(beta_2: v)), "no gradient of a loss reaches it"),
        ["Adamax(beta_1: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.Adamax(beta_1: v)),
            "no gradient of a loss reaches it"),
        ["Adamax(beta_2: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.Adamax(beta_2: v)),
            "no gradient of a loss reaches it"),
        ["Nadam(beta_1: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.Nadam(beta_1: v)), "no gradient of a loss reaches it"),
        ["Nadam(beta_2: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.Nadam(beta_2: v)), "no gradient of a loss reaches it"),
        ["Lion(beta_1: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.Lion(beta_1: v)), "no gradient of a loss reaches it"),
        ["Lion(beta_2: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.Lion(beta_2: v)), "no gradient of a loss reaches it"),
        ["kernel_initializer: Constant(v)"] = (v => Functional(x => layers.Dense(1, kernel_initializer: initializers.Constant(v)).Apply(x)),
            "takes the value that the variable"),
        ["kernel_constraint: MaxNorm(v)"] = (v => Functional(x => layers.Dense(1, kernel_constraint: constraints.MaxNorm(v)).Apply(x)),
            "Gradients do not exist"),
        ["kernel_constraint: MinMaxNorm(v, 2)"] =
            (v => Functional(x => layers.Dense(1, kernel_constraint: constraints.MinMaxNorm(v, 2)).Apply(x)), "Gradients do not exist"),
        ["kernel_constraint: MinMaxNorm(0, v)"] =
            (v => Functional(x => layers.Dense(1, kernel_constraint: constraints.MinMaxNorm(0, v)).Apply(x)), "Gradients do not exist"),
        ["kernel_constraint: MinMaxNorm(0.1, 0.2, rate: v)"] =
            (v => Functional(x => layers.Dense(1, kernel_constraint: constraints.MinMaxNorm(0.1, 0.2, rate: v)).Apply(x)),
                "Gradients do not exist"),
        ["BatchNormalization(momentum: v)"] = (v => Functional(x => layers.Dense(1).Apply(layers.BatchNormalization(momentum: v).Apply(x))),
            "Gradients do not exist"),
        ["Adam(epsilon: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.Adam(epsilon: v)), "no gradient of a loss reaches it"),
        ["AdamW(epsilon: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.AdamW(epsilon: v)),
            "no gradient of a loss reaches it"),
        ["RMSprop(epsilon: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.RMSprop(epsilon: v)),
            "no gradient of a loss reaches it"),
        ["Adagrad(epsilon: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.Adagrad(epsilon: v)),
            "no gradient of a loss reaches it"),
        ["Adagrad(initial_accumulator_value: v)"] =
            (v => Compiled(Linear(), "mse", optimizer: optimizers.Adagrad(initial_accumulator_value: v)),
                "no gradient of a loss reaches it"),
        ["Adadelta(epsilon: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.Adadelta(epsilon: v)),
            "no gradient of a loss reaches it"),
        ["Adamax(epsilon: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.Adamax(epsilon: v)),
            "no gradient of a loss reaches it"),
        ["Nadam(epsilon: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.Nadam(epsilon: v)),
            "no gradient of a loss reaches it"),
        ["Ftrl(learning_rate_power: -v)"] =
            (v => Compiled(Linear(), "mse", optimizer: optimizers.Ftrl(learning_rate_power: Hyperparameter.Of(() => -v))),
                "no gradient of a loss reaches it"),
        ["Ftrl(initial_accumulator_value: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.Ftrl(initial_accumulator_value: v)),
            "no gradient of a loss reaches it"),
        ["Ftrl(l1_regularization_strength: v)"] =
            (v => Compiled(Linear(), "mse", optimizer: optimizers.Ftrl(l1_regularization_strength: v)), "no gradient of a loss reaches it"),
        ["Ftrl(l2_regularization_strength: v)"] =
            (v => Compiled(Linear(), "mse", optimizer: optimizers.Ftrl(l2_regularization_strength: v)), "no gradient of a loss reaches it"),
        ["Ftrl(l2_shrinkage_regularization_strength: v)"] =
            (v => Compiled(Linear(), "mse", optimizer: optimizers.Ftrl(l2_shrinkage_regularization_strength: v)),
                "no gradient of a loss reaches it"),
        ["Ftrl(beta: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.Ftrl(beta: v)), "no gradient of a loss reaches it"),
        ["SGD(0.02, loss_scale_factor: v)"] = (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(0.02, loss_scale_factor: v)),
            "no gradient of a loss reaches it"),
        ["SGD(schedules.ExponentialDecay(v, 10, 0.9))"] =
            (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(optimizers.schedules.ExponentialDecay(v, 10, 0.9))),
                "no gradient of a loss reaches it"),
        ["SGD(schedules.ExponentialDecay(0.02, 10, v))"] =
            (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(optimizers.schedules.ExponentialDecay(0.02, 10, v))),
                "no gradient of a loss reaches it"),
        ["SGD(schedules.InverseTimeDecay(v, 10, 0.9))"] =
            (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(optimizers.schedules.InverseTimeDecay(v, 10, 0.9))),
                "no gradient of a loss reaches it"),
        ["SGD(schedules.InverseTimeDecay(0.02, 10, v))"] =
            (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(optimizers.schedules.InverseTimeDecay(0.02, 10, v))),
                "no gradient of a loss reaches it"),
        ["SGD(schedules.PolynomialDecay(v, 10))"] =
            (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(optimizers.schedules.PolynomialDecay(v, 10))),
                "no gradient of a loss reaches it"),
        ["SGD(schedules.PolynomialDecay(0.02, 10, end_learning_rate: v))"] =
            (v => Compiled(Linear(), "mse",
                optimizer: optimizers.SGD(optimizers.schedules.PolynomialDecay(0.02, 10, end_learning_rate: v))),
                    "no gradient of a loss reaches it"),
        ["SGD(schedules.PolynomialDecay(0.02, 10, power: v))"] =
            (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(optimizers.schedules.PolynomialDecay(0.02, 10, power: v))),
                "no gradient of a loss reaches it"),
        ["SGD(schedules.CosineDecay(v, 10))"] =
            (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(optimizers.schedules.CosineDecay(v, 10))),
                "no gradient of a loss reaches it"),
        ["SGD(schedules.CosineDecay(0.02, 10, alpha: v))"] =
            (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(optimizers.schedules.CosineDecay(0.02, 10, alpha: v))),
                "no gradient of a loss reaches it"),
        ["SGD(schedules.CosineDecay(0.02, 10, warmup_target: v, warmup_steps: 2))"] =
            (v => Compiled(Linear(), "mse",
                optimizer: optimizers.SGD(optimizers.schedules.CosineDecay(0.02, 10, warmup_target: v, warmup_steps: 2))),
                    "no gradient of a loss reaches it"),
        ["SGD(schedules.CosineDecayRestarts(v, 10))"] =
            (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(optimizers.schedules.CosineDecayRestarts(v, 10))),
                "no gradient of a loss reaches it"),
        ["SGD(schedules.CosineDecayRestarts(0.02, 10, t_mul: v))"] =
            (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(optimizers.schedules.CosineDecayRestarts(0.02, 10, t_mul: v))),
                "no gradient of a loss reaches it"),
        ["SGD(schedules.CosineDecayRestarts(0.02, 10, m_mul: v))"] =
            (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(optimizers.schedules.CosineDecayRestarts(0.02, 10, m_mul: v))),
                "no gradient of a loss reaches it"),
        ["SGD(schedules.CosineDecayRestarts(0.02, 10, alpha: v))"] =
            (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(optimizers.schedules.CosineDecayRestarts(0.02, 10, alpha: v))),
                "no gradient of a loss reaches it"),
        ["SGD(schedules.PiecewiseConstantDecay([2], [0.02, v]))"] =
            (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(optimizers.schedules.PiecewiseConstantDecay([2], [0.02, v]))),
                "no gradient of a loss reaches it"),
        ["SGD(schedules.Lambda(step => v / (step + 1)))"] =
            (v => Compiled(Linear(), "mse", optimizer: optimizers.SGD(optimizers.schedules.Lambda(step => v / (step + 1)))),
                "no gradient of a loss reaches it"),
        ["kernel_initializer: RandomNormal(stddev: v)"] =
            (v => Functional(x => layers.Dense(1, kernel_initializer: initializers.RandomNormal(stddev: v)).Apply(x)),
                "no gradient of a loss reaches it through this place"),
        ["kernel_initializer: RandomNormal(mean: v)"] =
            (v => Functional(x => layers.Dense(1, kernel_initializer: initializers.RandomNormal(mean: v)).Apply(x)),
                "no gradient of a loss reaches it through this place"),
        ["kernel_initializer: RandomUniform(maxval: v)"] =
            (v => Functional(x => layers.Dense(1, kernel_initializer: initializers.RandomUniform(maxval: v)).Apply(x)),
                "no gradient of a loss reaches it through this place"),
        ["kernel_initializer: RandomUniform(minval: Hyperparameter.Of(() => -v))"] =
            (v => Functional(
                x => layers.Dense(1, kernel_initializer: initializers.RandomUniform(minval: Hyperparameter.Of(() => -v))).Apply(x)),
                    "no gradient of a loss reaches it through this place"),
        ["kernel_initializer: TruncatedNormal(stddev: v)"] =
            (v => Functional(x => layers.Dense(1, kernel_initializer: initializers.TruncatedNormal(stddev: v)).Apply(x)),
                "no gradient of a loss reaches it through this place"),
        ["kernel_initializer: TruncatedNormal(mean: v)"] =
            (v => Functional(x => layers.Dense(1, kernel_initializer: initializers.TruncatedNormal(mean: v)).Apply(x)),
                "no gradient of a loss reaches it through this place"),
        ["kernel_initializer: VarianceScaling(v)"] =
            (v => Functional(x => layers.Dense(1, kernel_initializer: initializers.VarianceScaling(v)).Apply(x)),
                "no gradient of a loss reaches it through this place"),
        ["kernel_initializer: Orthogonal(v)"] =
            (v => Functional(x => layers.Dense(1, kernel_initializer: initializers.Orthogonal(v)).Apply(x)),
                "no gradient of a loss reaches it through this place"),
        ["callbacks: [ReduceLROnPlateau(\"loss\", factor: v)]"] = (v => WithCallback(callbacks.ReduceLROnPlateau("loss", factor: v)),
            "no gradient of a loss reaches it through this place"),
        ["callbacks: [ReduceLROnPlateau(\"loss\", min_delta: v)]"] = (v => WithCallback(callbacks.ReduceLROnPlateau("loss", min_delta: v)),
            "no gradient of a loss reaches it through this place"),
        ["callbacks: [ReduceLROnPlateau(\"loss\", min_lr: v)]"] = (v => WithCallback(callbacks.ReduceLROnPlateau("loss", min_lr: v)),
            "no gradient of a loss reaches it through this place"),
        ["callbacks: [EarlyStopping(\"loss\", min_delta: v)]"] = (v => WithCallback(callbacks.EarlyStopping("loss", min_delta: v)),
            "no gradient of a loss reaches it through this place"),
        ["callbacks: [EarlyStopping(\"loss\", baseline: v)]"] = (v => WithCallback(callbacks.EarlyStopping("loss", baseline: v)),
            "no gradient of a loss reaches it through this place"),
        ["callbacks: [LearningRateScheduler(epoch => v / (epoch + 1))]"] =
            (v => WithCallback(callbacks.LearningRateScheduler(epoch => v / (epoch + 1))),
                "no gradient of a loss reaches it through this place"),
        ["callbacks: [ModelCheckpoint(file, \"loss\", save_best_only: true, initial_value_threshold: v)]"] =
            (v => WithCallback(callbacks.ModelCheckpoint(CheckpointFile, "loss", save_best_only: true, initial_value_threshold: v)),
                "no gradient of a loss reaches it through this place"),
        ["metrics: [BinaryAccuracy(threshold: v)]"] = (v => WithMetric(metrics.BinaryAccuracy(threshold: v)),
            "no gradient of a loss reaches it through this place"),
        ["metrics: [BinaryCrossentropy(label_smoothing: v)]"] = (v => WithMetric(metrics.BinaryCrossentropy(label_smoothing: v)),
            "no gradient of a loss reaches it through this place"),
        ["class_weight: { 0: 1, 1: v }"] = (v => WithClassWeight(new() { [0] = 1, [1] = v }),
            "no gradient of a loss reaches it through this place"),
    };

    public static readonly Tensor X = tf.random.uniform((32, 3), 0.1, 1, seed: 1);
    public static readonly Tensor Y = tf.cast(tf.reduce_sum(X, 1, keepdims: true) > 1.6, tf.float32);

    public static Batch Targets(Model model) =>
        model.output_names.Count == 2 ? (Batch)new[] { Y, Y } : model.outputs is [{ shape: [_, 2] }] ? tf.concat([Y, 1 - Y], 1) : Y;

    static string CheckpointFile => Path.Combine(Path.GetTempPath(), $"attempt-{Environment.ProcessId}.npz");

    public static void Fit(Model model, bool compile = true)
    {
        if (compile && model.optimizer is null) model.compile(optimizers.SGD(0.02), "mse");
        asked.TryGetValue(model, out var more);
        model.fit(X, Targets(model), epochs: 3, batch_size: 16, shuffle: false, verbose: 0, callbacks: more?.Callbacks,
            class_weight: more?.ClassWeight);
    }

    static readonly ConditionalWeakTable<Model, Asked> asked = [];

    sealed record Asked(Callback[]? Callbacks, ClassWeight? ClassWeight);

    static Model WithCallback(Callback callback)
    {
        var model = Linear();
        asked.Add(model, new([callback], null));
        return model;
    }

    static Model WithClassWeight(ClassWeight weights)
    {
        var model = Linear();
        asked.Add(model, new(null, weights));
        return model;
    }

    static Model WithMetric(Metric metric)
    {
        var model = Linear();
        model.compile(optimizers.SGD(0.02), "mse", metrics: [metric]);
        return model;
    }

    public static Model Functional(Func<KerasTensor, KerasTensor> between)
    {
        var inputs = keras.Input(3);
        return keras.Model(inputs, between(inputs));
    }

    /// <summary>A model whose input is three steps of two features.</summary>
    public static Model Sequence(Func<KerasTensor, KerasTensor> between) => Functional(x =>
        layers.Dense(1).Apply(layers.Flatten().Apply(between(layers.Reshape((3, 2)).Apply(layers.Dense(6).Apply(x))))));

    public static Model Linear() => Functional(x => layers.Dense(1).Apply(x));

    public static Model Sigmoid() => Functional(x => layers.Dense(1, activation: "sigmoid").Apply(x));

    public static Model Softmax() => Functional(x => layers.Dense(2, activation: "softmax").Apply(x));

    public static Model Regularised(Regularizer regularizer) =>
        Functional(x => layers.Dense(1).Apply(layers.Dense(4, kernel_regularizer: regularizer).Apply(x)));

    public static Model Compiled(Model model, Loss loss, WeightsPerOutput? loss_weights = null, Optimizer? optimizer = null)
    {
        model.compile(optimizer ?? optimizers.SGD(0.02), loss, loss_weights);
        return model;
    }

    public static Model TwoOutputs(Variable v, WeightsPerOutput weights)
    {
        var inputs = keras.Input(3);
        var model = keras.Model(inputs, [layers.Dense(1, name: "a").Apply(inputs), layers.Dense(1, name: "b").Apply(inputs)]);
        model.compile(optimizers.SGD(0.02), loss: ["mse", "mae"], loss_weights: weights);
        return model;
    }

    /// <summary>A subclassed model, which does not adopt what its layers read in secret.</summary>
    public static Model Hidden(Layer layer) => new Wraps(layer);
}
