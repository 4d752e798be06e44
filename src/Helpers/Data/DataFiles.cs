namespace Workbook.Helpers;

/// <summary>Files of the folder <c>data</c> that are no tables: models that Keras trained.</summary>
public static class DataFiles
{
    /// <summary>Where a file lies: <c>models.load_model(DataFiles.Path("digits.keras"))</c>.</summary>
    /// <param name="file">Its name.</param>
    /// <returns>A path in the repository, or of a copy in the folder for temporary files where the program runs elsewhere.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static string Path(string file) => DataFolder.Path(file);
}
