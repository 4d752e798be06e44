using System.CommandLine;
using Workbook.Host.Export;
using Workbook.Host.Run;

namespace Workbook.Host.Commands;

/// <summary><c>workbook publish</c>: executed notebooks as a site of plain files.</summary>
internal sealed class PublishCommand : Command
{
    readonly Argument<string> source = new("folder") { Description = "Where the executed notebooks are: the output folder of a run.", DefaultValueFactory = _ => "out" };

    readonly Option<string> output = new("--out") { Description = "The folder for the site.", HelpName = "folder", DefaultValueFactory = _ => "site" };

    readonly Option<string> title = new("--title") { Description = "The title of the index.", DefaultValueFactory = _ => "Notebooks" };

    readonly Option<bool> noSolutions = new("--no-solutions") { Description = "Leave out the cells tagged solution." };

    /// <summary>The command with its options.</summary>
    public PublishCommand() : base("publish", "Write executed notebooks as a site that opens from a disk or any web server.")
    {
        Add(source);
        foreach (var option in new Option[] { output, title, noSolutions }) Add(option);
        SetAction(line => Publish(line.GetValue(source)!, line.GetValue(output)!, new Book { Title = line.GetValue(title)!, Solutions = !line.GetValue(noSolutions) }));
    }

    static int Publish(string source, string output, Book book)
    {
        var (found, problems) = NotebookSearch.Find([source], output);
        var notebooks = found.Select(LoadedNotebook.Read).ToList();
        problems = [.. problems, .. notebooks.Select(n => n.Problem).OfType<string>()];
        foreach (var problem in problems) Console.Error.WriteLine(problem);
        if (problems.Count > 0) return ExitCodes.Usage;
        try
        {
            book.Write([.. notebooks.Select(n => new BookChapter(n.Path.Name.Replace('/', '-'), n.Document!, Path.GetDirectoryName(n.Path.File)))], output);
            Console.WriteLine(Path.Combine(output, "index.html"));
            return ExitCodes.Passed;
        }
        catch (Exception e) when (e is PageException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCodes.Usage;
        }
    }
}
