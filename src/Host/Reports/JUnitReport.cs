using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Workbook.Host.Run;
using Workbook.Host.Run.Results;

namespace Workbook.Host.Reports;

/// <summary>The run as JUnit XML, which every build server reads: a suite for each notebook, a case for each cell.</summary>
static class JUnitReport
{
    /// <summary>The document.</summary>
    public static XDocument Create(IReadOnlyList<NotebookReport> reports)
    {
        var suites = reports.Select(Suite).ToList();
        return new XDocument(
            new XElement("testsuites", Totals(suites),
                new XAttribute("time", Seconds(TimeSpan.FromTicks(reports.Sum(r => r.Elapsed.Ticks)))), suites));
    }

    static XElement Suite(NotebookReport report)
    {
        var cases = report.Cells.Select(c => Case(report, c)).ToList();
        if (report.Problem is not null)
            cases.Add(
                new XElement("testcase", new XAttribute("name", "notebook"), new XAttribute("classname", Printable(report.Notebook.Name)),
                new XElement("error", new XAttribute("message", Printable(report.Problem)))));
        var element = new XElement("testsuite",
            new XAttribute("name", Printable(report.Notebook.Name)),
            new XAttribute("tests", cases.Count),
            new XAttribute("failures", cases.Count(c => c.Element("failure") is not null)),
            new XAttribute("errors", cases.Count(c => c.Element("error") is not null)),
            new XAttribute("skipped", cases.Count(c => c.Element("skipped") is not null)),
            new XAttribute("time", Seconds(report.Elapsed)),
            new XAttribute("file", report.Notebook.Shown.Replace('\\', '/')));
        element.Add(cases);
        return element;
    }

    static XElement Case(NotebookReport report, CellReport cell)
    {
        var element = new XElement("testcase",
            new XAttribute("name", $"cell {cell.Number}"),
            new XAttribute("classname", Printable(report.Notebook.Name)),
            new XAttribute("time", Seconds(cell.Elapsed)),
            new XAttribute("file", report.Notebook.Shown.Replace('\\', '/')));
        if (cell.Cell.Line > 0) element.Add(new XAttribute("line", cell.Cell.Line));
        var message = new XAttribute("message", Printable(cell.Message ?? ""));
        var details = Printable(string.Join('\n', cell.Details));
        if (cell.Status == CellStatus.Failed) element.Add(new XElement("failure", message, details));
        else if (cell.IsFault) element.Add(new XElement("error", message, details));
        else if (cell.Status is CellStatus.Skipped or CellStatus.NotRun) element.Add(new XElement("skipped"));
        return element;
    }

    static IEnumerable<XAttribute> Totals(IReadOnlyList<XElement> suites) => new[] { "tests", "failures", "errors", "skipped" }
        .Select(name => new XAttribute(name, suites.Sum(s => (int)s.Attribute(name)!)));

    static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>XML has no place for control characters, not even escaped.</summary>
    static string Printable(string text) =>
        string.Concat(
            text.EnumerateRunes().Select(r => r.Value >= 0x10000 || XmlConvert.IsXmlChar((char)r.Value) ? r.ToString() : "\uFFFD"));
}
