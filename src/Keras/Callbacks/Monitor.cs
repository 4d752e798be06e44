namespace Workbook.Keras;

/// <summary>A value in the logs that should get better, and whether it did. What EarlyStopping, ReduceLROnPlateau and ModelCheckpoint
/// share.</summary>
sealed class Monitor
{
    static readonly string[] rising = ["acc", "accuracy", "auc", "precision", "recall", "f1_score", "fbeta_score", "true_positives",
        "true_negatives", "r2_score", "top_k_categorical_accuracy", "sparse_categorical_accuracy", "categorical_accuracy",
        "binary_accuracy"];
    static readonly string[] falling = ["loss", "false_positives", "false_negatives", "error", "mse", "mae", "mape", "msle", "rmse",
        "crossentropy", "divergence", "hinge", "poisson", "cosh", "huber"];

    readonly string owner;
    readonly Hyperparameter delta;
    readonly bool rises;

    /// <param name="owner">The callback's name, for messages.</param>
    /// <param name="name">The key in the logs.</param>
    /// <param name="mode">"min", "max", or "auto": by the name.</param>
    /// <param name="min_delta">How much better counts as better.</param>
    /// <exception cref="ArgumentException">Another mode, or auto for a name that tells nothing.</exception>
    public Monitor(string owner, string name, string mode, Hyperparameter min_delta)
    {
        Spelling.Check($"{owner} mode", mode, "auto", "min", "max");
        (this.owner, Name, delta) = (owner, name, min_delta);
        rises = mode == "max" || (mode == "auto" && Rises(owner, name));
        Best = Worst;
    }

    public string Name { get; }

    public double Best { get; set; }

    public double Worst => rises ? double.NegativeInfinity : double.PositiveInfinity;

    /// <summary>Whether a value is better than another by more than min_delta.</summary>
    public bool Better(double value, double than) => rises ? value - Delta > than : value + Delta < than;

    /// <summary>Names a variable in min_delta when a fit begins, not only when it is first needed.</summary>
    public void Say() => _ = Delta;

    double Delta => Math.Abs(delta.Fixed($"{owner} min_delta"));

    /// <summary>The value in the logs; null, with a warning, if it is not there.</summary>
    public double? In(Dictionary<string, double> logs)
    {
        if (logs.TryGetValue(Name, out var value)) return value;
        Warnings.Once($"monitor:{owner}:{Name}", $"{owner}: expected '{Name}' in the logs. Received: {string.Join(", ", logs.Keys)}. "
            + $"Nothing is done. {Spelling.Suggest(Name, logs.Keys)}", this);
        return null;
    }

    static bool Rises(string owner, string name)
    {
        var bare = name.StartsWith("val_", StringComparison.Ordinal) ? name[4..] : name;
        if (rising.Any(r => bare == r || bare.EndsWith("_" + r, StringComparison.Ordinal))) return true;
        if (falling.Any(f => bare == f || bare.EndsWith(f, StringComparison.Ordinal))) return false;
        throw new ArgumentException($"{owner}: expected mode 'min' or 'max', since the name '{name}' does not tell which is better. "
            + "Received: 'auto'.");
    }
}
