namespace Workbook.Keras;

/// <summary>The operations of <c>keras.ops</c> that stand between layers, and what they are here.</summary>
static class KerasOperations
{
    /// <summary>An operation: how it runs on symbolic values and numbers, and the arguments that it has besides.</summary>
    sealed record Known(string Module, Func<KerasOperand[], Options, KerasTensor> Run, string? Here = null, params string[] Keys);

    static readonly Dictionary<string, Known> known = new()
    {
        ["Add"] = Binary("add", tf.add),
        ["Subtract"] = Binary("subtract", tf.subtract),
        ["Multiply"] = Binary("multiply", tf.multiply),
        ["Divide"] = Binary("divide", tf.divide),
        ["TrueDivide"] = Binary("true_divide", tf.divide),
        ["Power"] = Binary("pow", tf.pow),
        ["Maximum"] = Binary("maximum", tf.maximum),
        ["Minimum"] = Binary("minimum", tf.minimum),
        ["Matmul"] = Binary("matmul", (a, b) => tf.matmul(a, b)),
        ["Negative"] = Unary("negative", tf.negative),
        ["Absolute"] = Unary("abs", tf.abs),
        ["Exp"] = Unary("exp", tf.exp),
        ["Expm1"] = Unary("expm1", tf.expm1),
        ["Log"] = Unary("log", tf.math.log),
        ["Log1p"] = Unary("log1p", tf.math.log1p),
        ["Sqrt"] = Unary("sqrt", tf.sqrt),
        ["Square"] = Unary("square", tf.square),
        ["Sign"] = Unary("sign", tf.sign),
        ["Sin"] = Unary("sin", tf.sin),
        ["Cos"] = Unary("cos", tf.cos),
        ["Tanh"] = Unary("tanh", tf.tanh),
        ["Sigmoid"] = Unary("sigmoid", tf.sigmoid, "nn"),
        ["Relu"] = Unary("relu", tf.nn.relu, "nn"),
        ["Relu6"] = Unary("relu6", tf.nn.relu6, "nn"),
        ["Selu"] = Unary("selu", tf.nn.selu, "nn"),
        ["Silu"] = Unary("silu", x => tf.nn.silu(x), "nn"),
        ["Softplus"] = Unary("softplus", tf.softplus, "nn"),
        ["Softsign"] = Unary("softsign", tf.softsign, "nn"),
        ["Rsqrt"] = Unary("rsqrt", tf.rsqrt, "math"),
        ["Mean"] = Reduction("reduce_mean", (x, a, k) => tf.reduce_mean(x, a, k)),
        ["Sum"] = Reduction("reduce_sum", (x, a, k) => tf.reduce_sum(x, a, k)),
        ["Max"] = Reduction("reduce_max", (x, a, k) => tf.reduce_max(x, a, k)),
        ["Min"] = Reduction("reduce_min", (x, a, k) => tf.reduce_min(x, a, k)),
        ["Softmax"] = Along("nn", "softmax", -1, (xs, axis) => tf.nn.softmax(xs[0], axis)),
        ["Concatenate"] = Along("numpy", "concat", 0, tf.concat),
        ["ExpandDims"] = Along("numpy", "expand_dims", 0, (xs, axis) => tf.expand_dims(xs[0], axis)),
        ["Reshape"] = new("numpy", (x, o) => o.Shape("newshape") is var shape && shape.Rank > 0 && shape[0] == -1
            ? Step.Of("reshape", xs => tf.reshape(xs[0]!, shape), [x[0]], ("shape", shape))
            : throw new ShapeException($"reshape: expected -1 as the first length, that of the batch. Received: {shape}."), "reshape", "newshape"),
    };

    /// <summary>The class in Keras of an operation here, and its arguments besides what it works on; null: there is none.</summary>
    public static (string Module, string Name, JsonObject Config)? Find(Step step)
    {
        if (step.Layer is not null) return null;
        var (name, found) = known.FirstOrDefault(k => k.Value.Here == step.Name);
        if (name is null) return null;
        var config = new JsonObject();
        foreach (var (option, value) in step.Options)
        {
            var key = option == "shape" ? "newshape" : option;
            if (found.Keys.Contains(key)) config[key] = ConfigWriter.Value(value, $"'{key}' of the step '{step.Name}'");
            else if (value is not (null or false)) return null;
        }
        return ($"keras.src.ops.{found.Module}", name, config);
    }

    /// <summary>The class in Keras of an operation here, whatever it was called with; null: there is none.</summary>
    public static string? ClassOf(Step step) => known.FirstOrDefault(k => step.Layer is null && k.Value.Here == step.Name).Key;

    /// <summary>Whether an operation takes its operands in a list.</summary>
    public static bool Joins(string name) => name == "Concatenate";

    /// <summary>Runs an operation on what it was called with.</summary>
    /// <exception cref="FormatException">It is not here, or has an argument that is not.</exception>
    public static KerasTensor Run(ConfigReader reader, string name, JsonObject config, KerasOperand[] operands)
    {
        if (!known.TryGetValue(name, out var operation))
            throw reader.Wrong("an operation between layers that is here", $"'{name}'", $"Here are: {string.Join(", ", known.Keys)}.");
        foreach (var (key, value) in config)
            if (key != "name" && value is not null && !operation.Keys.Contains(key) && value is not false)
                throw reader.Wrong($"only arguments of the operation {name} that are here", $"'{key}': {ConfigReader.Shown(value)}");
        return operation.Run(operands, new(reader, config, name));
    }

    static Known Binary(string here, Func<Operand, Operand, Tensor> run) => new("numpy", (x, _) => Step.Of(here, run, x[0], x[1]), here);

    static Known Unary(string here, Func<Operand, Tensor> run, string module = "numpy") => new(module, (x, _) => Step.Of(here, run, x[0]),
        here);

    static Known Reduction(string here, Func<Operand, Axes?, bool, Tensor> run) => new("numpy", (x, o) =>
    {
        var (axis, keepdims) = (o.Axes("axis"), o.Flag("keepdims"));
        return Step.Of(here, xs => run(xs[0]!, axis, keepdims), [x[0]], ("axis", axis), ("keepdims", keepdims));
    }, here, "axis", "keepdims");

    static Known Along(string module, string here, int usual, Func<Tensor[], int, Tensor> run) => new(module, (x, o) =>
    {
        var axis = o.Axis("axis") ?? usual;
        return Step.Of(here, xs => run(xs!, axis), x, ("axis", axis));
    }, here, "axis");

    /// <summary>The arguments of an operation besides what it works on.</summary>
    readonly record struct Options(ConfigReader Reader, JsonObject Config, string Name)
    {
        readonly ConfigValues values = new(Reader.Place);

        public bool Flag(string key) => Config[key] is true;

        public int? Axis(string key) => Config[key] is { } json ? values.Whole(json is List<object?> and [var one] ? one : json, What(key))
            : null;

        public Axes? Axes(string key) => Config[key] is { } json ? (Axes?)values.Read(json, typeof(Axes), What(key)) : null;

        public Shape Shape(string key) => new(values.Wholes(Config[key], What(key)));

        string What(string key) => $"'{key}' of the operation {Name}";
    }
}
