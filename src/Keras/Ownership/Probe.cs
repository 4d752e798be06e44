namespace Workbook.Keras;

/// <summary>
/// While open, a variable stands at a distance for the moment, outside its range perhaps: nobody need say so, and nothing is counted.
/// </summary>
sealed class Probe : IDisposable
{
    static readonly AsyncLocal<bool> open = new();

    public Probe() => open.Value = true;

    public static bool IsOpen => open.Value;

    public void Dispose() => open.Value = false;
}
