namespace Workbook.Keras;

public static partial class keras
{
    public static partial class layers
    {
        /// <inheritdoc cref="Keras.Layers.Identity"/>
        /// <param name="name">Default: identity, numbered.</param>
        public static Layers.Identity Identity(string? name = null) => new(name);
    }
}
