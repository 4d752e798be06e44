namespace Workbook.Keras;

/// <summary>While a model is made from a file, how many elements its weights may have: a file of a few bytes must not ask for
/// gigabytes.</summary>
sealed class WeightBudget : IDisposable
{
    /// <summary>The largest size that a file may state: of an axis, a window, a number of units.</summary>
    public const long LargestNumber = 1 << 24;

    /// <summary>How many elements a sample may have that goes into a model.</summary>
    public const long LargestSample = 1 << 26;

    [ThreadStatic] static WeightBudget? current;

    readonly WeightBudget? outer = current;
    readonly string place;
    long left;

    /// <summary>Opens a budget.</summary>
    /// <param name="elements">How many elements there may be.</param>
    /// <param name="place">The file, for messages.</param>
    public WeightBudget(long elements, string place)
    {
        (left, this.place) = (elements, place);
        current = this;
    }

    /// <summary>Takes the elements of a weight that is about to be made.</summary>
    /// <exception cref="FormatException">There are more than the file can hold.</exception>
    public static void Take(Shape shape, string name)
    {
        if (current is not { } budget) return;
        if ((budget.left -= shape.Size) < 0)
            throw new FormatException($"Expected weights that fit into {budget.place}. Received: '{name}' of shape {shape}, "
                + "for which it has too few bytes. Save the model again.");
    }

    /// <summary>Refuses a value between layers that is larger than a sample may be.</summary>
    public static void Look(Tensor[] values, string name)
    {
        if (current is { } budget && values.FirstOrDefault(v => v.size > 4 * LargestSample) is { } large)
            throw new FormatException($"Expected values between layers of at most {LargestSample:N0} elements in {budget.place}. "
                + $"Received: shape {large.shape} from '{name}'. Make the layer smaller.");
    }

    public void Dispose() => current = outer;
}
