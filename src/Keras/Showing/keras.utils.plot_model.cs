using System.Text;

namespace Workbook.Keras;

public static partial class keras
{
    public static partial class utils
    {
        /// <summary>A picture of a model: a box for each layer, and lines along which values go. As the last value of a notebook cell it is
        /// shown. Keras: keras.utils.plot_model.</summary>
        /// <param name="model">A model that is built.</param>
        /// <param name="to_file">Where to write the picture too, a name that ends in .svg; default: nowhere. Keras writes
        /// model.png.</param>
        /// <param name="show_shapes">Whether boxes say what shapes go in and come out.</param>
        /// <param name="show_dtype">Whether boxes say the type of what comes out.</param>
        /// <param name="show_layer_names">Whether boxes say the names of layers, and not only their classes.</param>
        /// <param name="rankdir">TB: from top to bottom. LR: from left to right.</param>
        /// <param name="expand_nested">Whether the layers of a model inside are drawn in its box.</param>
        /// <param name="show_layer_activations">Whether boxes say the activation.</param>
        /// <param name="show_trainable">Whether boxes say which layers train.</param>
        /// <remarks>The same model gives the same picture, letter by letter. It has a title and a description for those who do not see it,
        /// and is readable on light and dark pages. Nothing is installed for it: Keras needs Graphviz. dpi and splines are not here, since
        /// an SVG has no dots.</remarks>
        /// <exception cref="ModelException">The model is not built.</exception>
        /// <exception cref="ArgumentException">Another direction, or a file that is no .svg.</exception>
        public static ModelPicture plot_model(Model model, string? to_file = null, bool show_shapes = false, bool show_dtype = false,
            bool show_layer_names = false, string rankdir = "TB", bool expand_nested = false, bool show_layer_activations = false,
            bool show_trainable = false)
        {
            Spelling.Check("plot_model rankdir", rankdir, "TB", "LR");
            if (to_file is not null && !to_file.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
                throw new ArgumentException($"plot_model: expected a file that ends in .svg, the one format that is drawn here. "
                    + $"Received: '{to_file}'. A browser, Inkscape or rsvg-convert makes a PNG or PDF of an .svg.");
            if (model.Graph is null && !model.built)
                throw new ModelException($"plot_model: expected a model that is built. Received: '{model.name}', which has not met an input. "
                    + "Begin with keras.Input, or call it once.");
            var picture = new ModelPicture(model, new(show_shapes, show_dtype, show_layer_names, expand_nested, show_layer_activations,
                show_trainable), rankdir == "LR");
            if (to_file is not null) AtomicWrite.To(to_file, stream => stream.Write(Encoding.UTF8.GetBytes(picture.Svg)));
            return picture;
        }
    }
}
