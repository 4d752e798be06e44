namespace Workbook.Keras;

public partial class Model
{
    /// <summary>Prints a table of the layers, their output shapes and numbers of parameters, as Keras 3 prints it.</summary>
    /// <param name="line_length">The width in characters; default 88, or 108 where layers are not one after another, and at most that of
    /// the window less 4. Where there is no window the variable COLUMNS counts, or 80.</param>
    /// <param name="positions">Where each column ends, as shares of the width; default .45, .8, 1 or .3, .56, .74, 1.</param>
    /// <param name="print_fn">Takes the whole text, once, as in Keras; default: the console.</param>
    /// <param name="expand_nested">Whether the layers of a model inside are listed too.</param>
    /// <param name="show_trainable">Whether a column says if a layer trains.</param>
    /// <param name="layer_range">The names of the first and the last layer to list, or patterns of such names; default: all.</param>
    /// <remarks>A variable that somebody brought in and that is a weight of no layer has a row of its own, which Keras has not. Lines
    /// longer than the window are printed whole; Keras cuts them off there.</remarks>
    /// <exception cref="ArgumentException">A column below 4 characters, shares that do not fit the columns, or a range that is not there.
    /// </exception>
    public void summary(int? line_length = null, double[]? positions = null, Action<string>? print_fn = null, bool expand_nested = false,
        bool show_trainable = false, string[]? layer_range = null)
    {
        var text = new ModelSummary(this, TextWindow.Columns)
        {
            Length = line_length,
            Positions = positions,
            IsExpanded = expand_nested,
            ShowsTrainable = show_trainable,
            Range = layer_range,
        }.ToString();
        (print_fn ?? Console.Write)(text);
    }

    /// <summary>Prints the table into a function.</summary>
    /// <param name="print_fn">Takes the whole text, once, as in Keras.</param>
    public void summary(Action<string> print_fn) => summary(null, null, print_fn);

    /// <summary>The summary, so that a model that ends a cell shows its layers.</summary>
    public override string ToString() => new ModelSummary(this, TextWindow.Columns).ToString().TrimEnd('\n');
}
