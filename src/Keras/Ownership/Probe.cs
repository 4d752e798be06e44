namespace Workbook.Keras;

/// <summary>
/// While open, a variable stands at a distance for the moment, outside its range perhaps: nobody need say so, and nothing is counted.
/// </summary>
sealed class Probe : IDisposable
{
    [ThreadStatic] static bool open;

    public Probe() => open = true;

    public static bool IsOpen => open;

    public void Dispose() => open = false;
}
