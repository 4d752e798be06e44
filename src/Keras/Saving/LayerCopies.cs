namespace Workbook.Keras;

/// <summary>Layers and models made anew with some arguments changed: how a variable comes into a model that is there already.</summary>
public static class LayerCopies
{
    extension(Layer layer)
    {
        /// <summary>A new layer of the same class, name, type and arguments but for those that are given, with weights of its own that are
        /// made when it is built: <c>layer.With(("kernel_regularizer", regularizers.l2(strength)))</c>. Keras:
        /// from_config(get_config()).</summary>
        /// <param name="changes">Arguments by name.</param>
        /// <exception cref="ArgumentException">The class has no argument of this name, or not one of this type.</exception>
        /// <exception cref="ModelException">A model, or a class that does not keep its arguments.</exception>
        public Layer With(params (string Name, object? Value)[] changes)
        {
            if (layer is Model)
                throw new ModelException($"With: expected a layer. Received: the model '{layer.name}'. Take its layers one by one.");
            var arguments = Arguments.Of(layer.GetType());
            var given = arguments.Of(layer).ToDictionary(a => a.Name,
                // A layer inside of it has weights of its own too.
                a => Fitting(a.Value is Layer inner && !changes.Any(c => c.Name == a.Name) ? inner.With() : a.Value,
                    arguments.TypeOf(a.Name)!, $"{layer.GetType().Name} '{a.Name}'"));
            foreach (var (name, value) in changes)
            {
                var type = arguments.TypeOf(name) ?? throw new ArgumentException($"With: expected an argument of "
                    + $"{layer.GetType().Name}: {string.Join(", ", given.Keys)}. Received: '{name}'.");
                given[name] = Fitting(value, type, $"{layer.GetType().Name} '{name}'");
            }
            given["name"] = changes.Any(c => c.Name == "name") ? given["name"] : layer.name;
            using var scope = new FloatScope(layer.dtype);
            var made = (Layer)arguments.Make(given);
            made.trainable = layer.trainable;
            return made;
        }
    }

    static object? Fitting(object? value, Type type, string what)
    {
        var wanted = Nullable.GetUnderlyingType(type) ?? type;
        if (value is null || wanted.IsInstanceOfType(value)) return value;
        if (wanted == typeof(Hyperparameter))
            return value switch
            {
                double d => (Hyperparameter)d,
                float f => (Hyperparameter)f,
                int i => (Hyperparameter)i,
                Variable v => (Hyperparameter)v,
                _ => throw Wrong(),
            };
        if (wanted == typeof(ActivationFunction) && value is string name) return (ActivationFunction)name;
        if (wanted == typeof(Shape) && value is int length) return new Shape(length);
        if (wanted == typeof(Axes) && value is int or int[]) return value is int axis ? (Axes)axis : (Axes)(int[])value;
        if (wanted == typeof(int) && value is Shape { Rank: 1 } single) return single[0];
        return value is int whole && wanted == typeof(long) ? (long)whole : throw Wrong();

        ArgumentException Wrong() => new($"With: expected a {wanted.Name} for {what}. Received: {value} ({value.GetType().Name}).");
    }
}
