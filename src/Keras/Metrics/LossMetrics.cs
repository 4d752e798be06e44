using System.Runtime.CompilerServices;

namespace Workbook.Keras;

public static partial class keras
{
    /// <remarks>Means of losses: the functions stand in <see cref="losses"/>, so these need no class of their own.</remarks>
    public static partial class metrics
    {
        /// <summary>The mean of squared errors.</summary>
        public static Metric MeanSquaredError(string name = "mean_squared_error") =>
            Made((y, p) => losses.mean_squared_error(y, p), name);

        /// <summary>The mean of absolute errors.</summary>
        public static Metric MeanAbsoluteError(string name = "mean_absolute_error") =>
            Made((y, p) => losses.mean_absolute_error(y, p), name);

        /// <summary>The mean of absolute errors in percent of the targets.</summary>
        public static Metric MeanAbsolutePercentageError(string name = "mean_absolute_percentage_error") =>
            Made((y, p) => losses.mean_absolute_percentage_error(y, p), name);

        /// <summary>The mean of squared errors of logarithms.</summary>
        public static Metric MeanSquaredLogarithmicError(string name = "mean_squared_logarithmic_error") =>
            Made((y, p) => losses.mean_squared_logarithmic_error(y, p), name);

        /// <summary>The mean of log cosh of the errors.</summary>
        public static Metric LogCoshError(string name = "logcosh") => Made((y, p) => losses.log_cosh(y, p), name);

        /// <summary>The mean Poisson loss.</summary>
        public static Metric Poisson(string name = "poisson") => Made((y, p) => losses.poisson(y, p), name);

        /// <summary>The mean Kullback-Leibler divergence.</summary>
        public static Metric KLDivergence(string name = "kl_divergence") => Made((y, p) => losses.kl_divergence(y, p), name);

        /// <summary>The mean cosine of the angle between targets and predictions: 1 for equal directions.</summary>
        /// <param name="name">The key in the history.</param>
        /// <param name="axis">The axis of the vectors; default the last.</param>
        public static Metric CosineSimilarity(string name = "cosine_similarity", int axis = -1) =>
            Made((y, p) => -losses.cosine_similarity(y, p, axis), name, [("axis", axis)]);

        /// <summary>The mean hinge loss.</summary>
        public static Metric Hinge(string name = "hinge") => Made((y, p) => losses.hinge(y, p), name);

        /// <summary>The mean of squared hinge losses.</summary>
        public static Metric SquaredHinge(string name = "squared_hinge") => Made((y, p) => losses.squared_hinge(y, p), name);

        /// <summary>The mean hinge loss between the right class and the best wrong one.</summary>
        public static Metric CategoricalHinge(string name = "categorical_hinge") => Made((y, p) => losses.categorical_hinge(y, p), name);

        /// <summary>The mean binary cross-entropy.</summary>
        /// <param name="name">The key in the history.</param>
        /// <param name="from_logits">Whether predictions are scores.</param>
        /// <param name="label_smoothing">From 0 to 1; default 0.</param>
        public static Metric BinaryCrossentropy(string name = "binary_crossentropy", bool from_logits = false,
            Hyperparameter? label_smoothing = null) =>
            Made((y, p) => losses.binary_crossentropy(y, p, from_logits,
                label_smoothing?.Fixed("BinaryCrossentropy label_smoothing")), name,
                [("from_logits", from_logits), ("label_smoothing", label_smoothing)]);

        /// <summary>The mean cross-entropy of one-hot or soft targets.</summary>
        /// <param name="name">The key in the history.</param>
        /// <param name="from_logits">Whether predictions are scores.</param>
        /// <param name="label_smoothing">From 0 to 1; default 0.</param>
        public static Metric CategoricalCrossentropy(string name = "categorical_crossentropy", bool from_logits = false,
            Hyperparameter? label_smoothing = null) =>
            Made((y, p) => losses.categorical_crossentropy(y, p, from_logits,
                label_smoothing?.Fixed("CategoricalCrossentropy label_smoothing")), name,
                [("from_logits", from_logits), ("label_smoothing", label_smoothing)]);

        /// <summary>The mean cross-entropy of whole-number labels.</summary>
        /// <param name="name">The key in the history.</param>
        /// <param name="from_logits">Whether predictions are scores.</param>
        public static Metric SparseCategoricalCrossentropy(string name = "sparse_categorical_crossentropy", bool from_logits = false) =>
            Made((y, p) => losses.sparse_categorical_crossentropy(y, p, from_logits), name, [("from_logits", from_logits)]);

        static MeanOfFunction Made(Func<Tensor, Tensor, Tensor> function, string name, (string, object?)[]? arguments = null,
            [CallerMemberName] string factory = "") => new(function, name) { Factory = factory, FactoryArguments = arguments ?? [] };
    }
}
