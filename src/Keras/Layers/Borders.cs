namespace Workbook.Keras;

/// <summary>How much is put around an image, or cut off: before and after along height and width.</summary>
/// <remarks>Converts from one number for all four sides, from <c>(height, width)</c>, and from <c>((top, bottom), (left,
/// right))</c>.</remarks>
/// <param name="Top">At the beginning of the height.</param>
/// <param name="Bottom">At its end.</param>
/// <param name="Left">At the beginning of the width.</param>
/// <param name="Right">At its end.</param>
public readonly record struct Borders(int Top, int Bottom, int Left, int Right)
{
    /// <summary>The same on all sides.</summary>
    public static implicit operator Borders(int all) => new(all, all, all, all);

    /// <summary>The same before and after along each axis.</summary>
    public static implicit operator Borders((int Height, int Width) both) => new(both.Height, both.Height, both.Width, both.Width);

    /// <summary>Each side by itself.</summary>
    public static implicit operator Borders(((int Top, int Bottom) Height, (int Left, int Right) Width) sides) =>
        new(sides.Height.Top, sides.Height.Bottom, sides.Width.Left, sides.Width.Right);

    /// <summary>The same sides, where none is below 0.</summary>
    /// <exception cref="ArgumentException">One is.</exception>
    internal Borders Checked(string what) => Top >= 0 && Bottom >= 0 && Left >= 0 && Right >= 0 ? this
        : throw new ArgumentException($"{what}: expected numbers of at least 0. Received: {this}.");

    /// <summary>As Keras writes it.</summary>
    public override string ToString() => $"(({Top}, {Bottom}), ({Left}, {Right}))";
}
