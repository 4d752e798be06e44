using System.Globalization;

namespace Workbook.Keras;

/// <summary>How wide the window is in which text is read.</summary>
static class TextWindow
{
    /// <summary>The variable COLUMNS, else the width of the terminal, else 80.</summary>
    public static int Columns
    {
        get
        {
            if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var stated)
                && stated > 0) return stated;
            if (Console.IsOutputRedirected) return 80;
            try
            {
                return Console.WindowWidth is > 0 and var width ? width : 80;
            }
            catch (Exception e) when (e is IOException or PlatformNotSupportedException)
            {
                return 80;
            }
        }
    }
}
