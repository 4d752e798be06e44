namespace Workbook.Keras;

/// <summary>What <see cref="keras.utils.plot_model"/> draws: an SVG, which notebooks show. Its text is a description in words.</summary>
[TypeFormatterSource(typeof(ModelPictureFormatters))]
public sealed class ModelPicture
{
    readonly string words;

    internal ModelPicture(Model model, PictureDetails details, bool isAcross)
    {
        words = PictureWords.Of(model, details.ExpandsNested);
        Svg = new PictureSvg(isAcross).Write(PictureBox.Inside(model, details), $"The model '{model.name}'", words);
    }

    /// <summary>The picture, a whole SVG file.</summary>
    public string Svg { get; }

    /// <summary>The layers, and what each is given, in words.</summary>
    public override string ToString() => words;
}
