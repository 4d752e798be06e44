namespace Workbook.Tensors;

/// <summary>
/// A setting of the whole process, as TensorFlow's are: a cell that has waited goes on on another thread, and so does the notebook after an
/// interrupt.
/// </summary>
/// <param name="initial">Makes the value that holds until another is set.</param>
public sealed class Setting<T>(Func<T> initial)
{
    readonly ThreadLocal<T> own = new(initial);

    T shared = initial();

    /// <summary>The value now.</summary>
    public T Value
    {
        get => Setting.IsPerThread ? own.Value! : shared;
        set
        {
            if (Setting.IsPerThread) own.Value = value;
            else shared = value;
        }
    }
}

/// <summary>What holds for every <see cref="Setting{T}"/>.</summary>
static class Setting
{
    /// <summary>Whether each thread has values of its own. For tests, which run side by side and must not see each other's seeds.</summary>
    public static bool IsPerThread { get; set; }
}
