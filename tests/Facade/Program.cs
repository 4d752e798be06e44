using Workbook.Facade;

var root = Files.Root();
foreach (var (path, text) in Files.Made(root))
{
    var full = Path.Combine(root, path);
    if (File.Exists(full) && File.ReadAllText(full) == text) continue;
    Directory.CreateDirectory(Path.GetDirectoryName(full)!);
    File.WriteAllText(full, text);
    Console.WriteLine($"wrote {path}");
}
