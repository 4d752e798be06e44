using System.Globalization;
using System.Xml.Linq;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Showing;

/// <summary>The picture of a model is an SVG of our own.</summary>
public class PlotModelTests
{
    static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_picture_has_a_box_for_each_layer_and_a_line_for_each_way()
    {
        var picture = XDocument.Parse(utils.plot_model(Branching()).Svg);
        Assert.Equal(["InputLayer", "InputLayer", "Dense", "Dense", "Add", "Multiply", "Concatenate", "Dense", "Dense"], Texts(picture));
        Assert.Equal(11, picture.Descendants(Svg + "path").Count(p => (string?)p.Attribute("fill") == "none"));
    }

    [Fact]
    public void Boxes_do_not_overlap_and_lie_inside_the_picture_in_both_directions()
    {
        foreach (var direction in new[] { "TB", "LR" })
            foreach (var model in new[] { Branching(), Nested(), Skipping() })
            {
                var picture = XDocument.Parse(utils.plot_model(model, show_shapes: true, show_dtype: true, show_layer_names: true,
                    rankdir: direction).Svg);
                var boxes = Boxes(picture);
                var (width, height) = (Number(picture.Root!, "width"), Number(picture.Root!, "height"));
                Assert.All(boxes, b => Assert.True(b.X >= 0 && b.Y >= 0 && b.X + b.W <= width && b.Y + b.H <= height, $"{b}"));
                for (var i = 0; i < boxes.Count; i++)
                    for (var j = 0; j < i; j++)
                        Assert.False(boxes[i].X < boxes[j].X + boxes[j].W && boxes[j].X < boxes[i].X + boxes[i].W
                            && boxes[i].Y < boxes[j].Y + boxes[j].H && boxes[j].Y < boxes[i].Y + boxes[i].H, $"{boxes[i]} on {boxes[j]}");
            }
    }

    [Fact]
    public void Values_go_downwards_or_to_the_right()
    {
        var down = Boxes(XDocument.Parse(utils.plot_model(Chain()).Svg));
        Assert.Equal(3, down.Count);
        Assert.All(down.Zip(down.Skip(1)), p => Assert.True(p.First.Y + p.First.H < p.Second.Y));
        var right = Boxes(XDocument.Parse(utils.plot_model(Chain(), rankdir: "LR").Svg));
        Assert.All(right.Zip(right.Skip(1)), p => Assert.True(p.First.X + p.First.W < p.Second.X));
    }

    [Fact]
    public void Boxes_say_what_they_are_asked_for()
    {
        var model = Chain();
        model.layers[1].trainable = false;
        var picture = XDocument.Parse(utils.plot_model(model, show_shapes: true, show_dtype: true, show_layer_names: true,
            show_layer_activations: true, show_trainable: true).Svg);
        Assert.Equal(["first (Dense)", "Activation: relu", "Input shape: (None, 4)", "Output shape: (None, 8)", "Output dtype: float32",
            "Trainable",
            "second (Dense)", "Activation: linear", "Input shape: (None, 8)", "Output shape: (None, 2)", "Output dtype: float32",
            "Non-trainable", "drop (Dropout)", "Input shape: (None, 2)", "Output shape: (None, 2)", "Output dtype: float32"],
            Texts(picture));
    }

    [Fact]
    public void A_nested_model_is_one_box_or_its_layers_in_a_box()
    {
        Assert.Equal(["InputLayer", "Sequential", "Functional", "Add"], Texts(XDocument.Parse(utils.plot_model(Nested()).Svg)));
        var open = XDocument.Parse(utils.plot_model(Nested(), expand_nested: true).Svg);
        Assert.Equal(["InputLayer", "encoder (Sequential)", "Dense", "Dense", "decoder (Functional)", "InputLayer", "Dense", "PReLU",
            "Dense", "Add"], Texts(open));
        var boxes = Boxes(open);
        Assert.All(boxes[2..4], b => Assert.True(b.X > boxes[1].X && b.Y > boxes[1].Y && b.X + b.W < boxes[1].X + boxes[1].W
            && b.Y + b.H < boxes[1].Y + boxes[1].H));
    }

    [Fact]
    public void The_same_model_gives_the_same_picture_with_a_title_and_a_description()
    {
        string Drawn()
        {
            keras.backend.clear_session();
            return utils.plot_model(Branching()).Svg;
        }
        var svg = Drawn();
        Assert.Equal(svg, Drawn());
        var root = XDocument.Parse(svg).Root!;
        Assert.Equal("img", (string?)root.Attribute("role"));
        Assert.Equal("The model 'functional'", root.Element(Svg + "title")!.Value);
        Assert.Contains("add (Add) from from_q and from_p; ", root.Element(Svg + "desc")!.Value);
        Assert.Equal((string?)root.Attribute("aria-labelledby"),
            $"{(string?)root.Element(Svg + "title")!.Attribute("id")} {(string?)root.Element(Svg + "desc")!.Attribute("id")}");
    }

    [Fact]
    public void Names_are_text_and_never_markup()
    {
        var model = Sequential([Input(2), layers.Dense(1, name: "<script>alert(1)</script>&\"")]);
        var svg = utils.plot_model(model, show_layer_names: true).Svg;
        Assert.DoesNotContain("<script", svg);
        Assert.Contains("<script>alert(1)</script>&\" (Dense)", Texts(XDocument.Parse(svg)));
    }

    [Fact]
    public void A_file_is_written_as_svg_and_no_other_way()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "model.svg");
            Assert.Equal(utils.plot_model(Chain(), path).Svg, File.ReadAllText(path));
            var error = Assert.Throws<ArgumentException>(() => utils.plot_model(Chain(), Path.Combine(folder.FullName, "model.png")));
            Assert.Contains("ends in .svg", error.Message);
            Assert.Single(folder.GetFiles());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_model_that_is_not_built_is_refused_and_so_is_another_direction()
    {
        Assert.Contains("model that is built",
            Assert.Throws<ModelException>(() => utils.plot_model(Sequential([layers.Dense(2)]))).Message);
        Assert.Contains("'DOWN'", Assert.Throws<ArgumentException>(() => utils.plot_model(Chain(), rankdir: "DOWN")).Message);
    }

    [Fact]
    public void A_layer_that_is_called_twice_is_one_box()
    {
        var x = Input(3);
        var d = layers.Dense(3);
        Assert.Equal(["InputLayer", "Dense", "Subtract"],
            Texts(XDocument.Parse(utils.plot_model(Model(x, layers.Subtract().Apply([d.Apply(d.Apply(x)), d.Apply(x)]))).Svg)));
    }

    static Model Chain() => Sequential([Input(4), layers.Dense(8, activation: "relu", name: "first"), layers.Dense(2, name: "second"),
        layers.Dropout(0.1, name: "drop")]);

    static Model Branching()
    {
        KerasTensor p = Input(3, name: "p"), q = Input(2, name: "q");
        var (u, v) = (layers.Dense(4, name: "from_p").Apply(p), layers.Dense(4, name: "from_q").Apply(q));
        var h = layers.Concatenate().Apply([layers.Add().Apply([v, u]), layers.Multiply().Apply([u, v]), p]);
        return Model([p, q], [layers.Dense(2, name: "value").Apply(h), layers.Dense(3, activation: "softmax", name: "kind").Apply(h)]);
    }

    static Model Nested()
    {
        var x = Input(3, name: "x");
        var encoder = Sequential([Input(3), layers.Dense(4), layers.Dense(2)], name: "encoder");
        var code = Input(2, name: "code");
        var decoder = Model(code, layers.Dense(3).Apply(layers.PReLU().Apply(layers.Dense(4).Apply(code))), name: "decoder");
        return Model(x, layers.Add().Apply([decoder.Apply(encoder.Apply(x)), x]), name: "whole");
    }

    /// <summary>Lines over several rows, as in a residual network.</summary>
    static Model Skipping()
    {
        var x = Input((8, 8, 4), name: "image");
        var y = x;
        for (var i = 0; i < 3; i++)
        {
            var inner = layers.BatchNormalization().Apply(layers.Conv2D(4, 3, padding: "same").Apply(y));
            y = layers.ReLU().Apply(layers.Add().Apply([y, inner]));
        }
        return Model(x, [layers.GlobalAveragePooling2D().Apply(layers.Concatenate().Apply([y, x])), tf.reduce_mean(x, [1, 2])]);
    }

    static List<string> Texts(XDocument picture) => [.. picture.Descendants(Svg + "text").Select(t => t.Value)];

    static List<(double X, double Y, double W, double H)> Boxes(XDocument picture) => [.. picture.Descendants(Svg + "rect")
        .Select(r => (Number(r, "x"), Number(r, "y"), Number(r, "width"), Number(r, "height")))];

    static double Number(XElement element, string name) => double.Parse((string)element.Attribute(name)!, CultureInfo.InvariantCulture);
}
