namespace Workbook.Facade;

/// <summary>A kind of objects that Keras makes by name: where its factories stand, and what they give back.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="Path">The classes inside <c>keras</c>, outermost first.</param>
/// <param name="Base">The class that all of them descend from.</param>
/// <param name="Summaries">What is said of the classes of the path; null: it stands elsewhere.</param>
/// <param name="GivesBase">Whether factories give the base class rather than the class itself, so that the branches of a conditional have
/// one type.</param>
/// <param name="Except">A class whose descendants are no part of it.</param>
sealed record Family(string File, string[] Path, string Base, string?[] Summaries, bool GivesBase = false, string? Except = null)
{
    public static Family[] All { get; } =
    [
        new("layers", ["layers"], "Layer", ["Building blocks of models. Keras: keras.layers."], Except: "Model"),
        new("losses", ["losses"], "Loss", ["What training makes small. Keras: keras.losses."]),
        new("metrics", ["metrics"], "Metric", ["Numbers to look at while training. Keras: keras.metrics."]),
        new("optimizers", ["optimizers"], "Optimizer", ["What moves variables. Keras: keras.optimizers."]),
        new("schedules", ["optimizers", "schedules"], "LearningRateSchedule",
        [null, "Learning rates that change with the steps. Keras: keras.optimizers.schedules."], GivesBase: true),
        new("initializers", ["initializers"], "Initializer", ["First values of weights. Keras: keras.initializers."], GivesBase: true),
        new("regularizers", ["regularizers"], "Regularizer", ["Penalties on weights. Keras: keras.regularizers."], GivesBase: true),
        new("constraints", ["constraints"], "Constraint", ["Where weights may be. Keras: keras.constraints."], GivesBase: true),
        new("callbacks", ["callbacks"], "Callback", ["Code that a fit runs at fixed moments. Keras: keras.callbacks."]),
    ];
}
