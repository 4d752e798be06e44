namespace Workbook.Keras;

/// <summary>What Keras in Python needs for layers that it does not have: one page that stands beside the model.</summary>
static class PythonPage
{
    const string FileName = "workbook_layers.py";

    /// <summary>Writes the page if the model needs it.</summary>
    public static void WriteBeside(string path, string config)
    {
        if (!config.Contains("\"Workbook>LearnedOperation\"", StringComparison.Ordinal)) return;
        using var resource = typeof(PythonPage).Assembly.GetManifestResourceStream(FileName)!;
        var page = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, FileName);
        AtomicWrite.To(page, resource.CopyTo);
    }
}
