namespace Workbook.Host.Documents;

/// <summary>One term of the glossary.</summary>
/// <param name="Name">The term as the glossary lists it.</param>
/// <param name="Forms">The words by which texts mean it, the name first.</param>
/// <param name="Meaning">One plain sentence, as Markdown.</param>
/// <param name="Where">Where it is explained: a link, as Markdown.</param>
/// <param name="Line">The 1-based line of the file.</param>
sealed record GlossaryTerm(string Name, IReadOnlyList<string> Forms, string Meaning, string Where, int Line);
