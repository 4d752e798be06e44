namespace Workbook.Facade;

/// <summary>The files that are made from the classes of src/Keras and the ops of src/Tensors.</summary>
/// <remarks>The sources are read as text, so that the façade can be made anew while it does not compile.</remarks>
static class Files
{
    /// <summary>The folder of the checkout, looked for from the current folder upwards.</summary>
    public static string Root()
    {
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Workbook.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException($"Expected a folder of the checkout. Received: {Directory.GetCurrentDirectory()}. "
            + "Run the maker from inside it.");
    }

    /// <summary>Path, relative to the root, and text of each file.</summary>
    public static IEnumerable<(string Path, string Text)> Made(string root)
    {
        var keras = new Sources(Path.Combine(root, "src/Keras"));
        foreach (var family in Family.All) yield return ($"src/Keras/Facade/{family.File}.generated.cs", Factories.Of(family, keras));
        var tensors = new Sources(Path.Combine(root, "src/Tensors"));
        foreach (var mirror in Mirror.All) yield return ($"src/Keras/Facade/{mirror.Name}.generated.cs", mirror.Text(tensors));
    }
}
