using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Workbook.Host.Lint;
using Workbook.Host.Lint.Writing;
using Xunit;

namespace Workbook.Tests.Host.Lint.Writing;

/// <summary>What the rules of writing find in a page of a book; its first cell is the beginning that all share.</summary>
public class PageRulesTests
{
    const string Beginning = "#!csharp\n#!import workbook.csx\nusing Workbook.Helpers;\n";

    static readonly string Prose = $"#!markdown\n{string.Join(' ', Enumerable.Repeat("word", 1200))}\n";

    static NotebookDocument Page(params string[] cells) =>
        DibReader.Read(Beginning + Prose + string.Concat(cells.Select(c => c.StartsWith("#!") ? c + "\n" : $"#!csharp\n{c}\n")));

    static Finding[] Find(params string[] cells) => [.. PageRules.Check(Page(cells), null)];

    static string Only(string rule, int cell, params string[] cells)
    {
        var finding = Assert.Single(Find(cells));
        Assert.Equal((rule, cell), (finding.Rule, finding.Cell));
        Assert.Equal(rule is "words" or "cell-lines" or "check-cell" or "warnings", finding.IsAdvice);
        return finding.Message;
    }

    const string Question = "var where = Prediction.Choice(\"Where?\", yours: \"\", \"Here.\", \"There.\");\nwhere";
    const string Answer = "where.Reveal(\"b\", \"Because.\")";
    const string Define = "Exercise.Define(\"01.3\", (Func<double, double> f) => Check.Less(\"f\", f(1), 2));";
    const string Hint = "#!markdown\n**3. Make.** Do it.\n\n*Hint.* So.";
    const string Write = "//| tags: exercise\ndouble F(double x) => throw new NotImplementedException();";
    const string Ask = "Exercise.Check(\"01.3\", F)";
    const string Solve = "//| tags: solution\nExercise.Solution(\"01.3\", (double x) => x);";

    [Fact]
    public void A_page_that_asks_answers_and_checks_gives_no_finding() => Assert.Empty(Find(
        Question, "var share = Prediction.Number(\"How much?\", null);\ndisplay(share);",
        "var x = 1;\ndisplay(where.Reveal(\"a\", \"\"));\nshare.Reveal(x, \"\")",
        "var near = x / 2;\nCheck.Less(\"x\", near, 2);\nforeach (var y in new[] { 1 }) Check.Less(\"y\", y, 2);",
        Hint, Define, Write, Ask, Solve, "Slider.Over(\"x\", [1, 2.5, -3], x => new Plot(\"\", \"\", \"\"), at: -3)",
        "Check.Table(CheckKind.Claim)"));

    [Theory]
    [InlineData("expected at least two choices. Received: none", "var where = Prediction.Choice(\"Where?\", yours: \"\");\nwhere")]
    [InlineData("expected at least two choices. Received: one", "var where = Prediction.Choice(\"?\", yours: \"\", \"Here.\");\nwhere")]
    [InlineData("expected at least two choices. Received: one", "var where = Prediction.Choice(\"Where?\", \"\", [\"Here.\"]);\nwhere")]
    [InlineData("expected the question to be shown", "var where = Prediction.Choice(\"Where?\", yours: \"\", \"Here.\", \"There.\");")]
    public void A_question_has_choices_and_is_shown(string words, string question) =>
        Assert.Contains(words, Only("prediction", 3, question, Answer), StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("var where = Prediction.Choice(\"Where?\", yours: \"b\", \"Here.\", \"There.\");\nwhere", "\"b\". Write yours: \"\".")]
    [InlineData("var where = Prediction.Choice(\"Where?\", \"a\", \"Here.\", \"There.\");\nwhere", "\"a\". Write yours: \"\".")]
    [InlineData("var where = Prediction.Number(\"How much?\", yours: 100);\nwhere", "100. Write yours: null.")]
    [InlineData("var where = Prediction.Number(\"How much?\", -1);\nwhere", "-1. Write yours: null.")]
    public void An_answer_in_the_name_of_the_reader_is_a_decoy(string question, string words) =>
        Assert.Contains(words, Only("decoy", 3, question, "where.Reveal(\"b\", \"\")"));

    [Fact]
    public void A_question_is_revealed_later_and_the_answer_is_shown()
    {
        Assert.Contains("Expected where.Reveal(…) in the cell that shows the result. Received: none", Only("prediction", 3, Question));
        Assert.Contains("Received: a line that ends in ';'", Only("prediction", 4, Question, Answer + ";"));
        Assert.Contains("Received: it in the same cell",
            Only("prediction", 3, Question.Replace("\nwhere", "\ndisplay(where);\nwhere.Reveal(\"a\", \"\")")));
        Assert.Contains("Received: \"c\". Write a letter up to b", Only("prediction", 4, Question, "where.Reveal(\"c\", \"\")"));
        Assert.Contains("Expected a variable that holds the prediction", Only("prediction", 3, "Prediction.Number(\"How much?\", null)"));
        Assert.Contains("Received again: \"Where?\"",
            Only("prediction", 4, Question, Question.Replace("where", "again"), Answer, Answer.Replace("where", "again")));
    }

    [Theory]
    [InlineData("expected Exercise.Define(\"01.3\", …). Received: none", Hint, Write, Ask, Solve)]
    [InlineData("expected Exercise.Check(\"01.3\", …). Received: none", Hint, Define, "double F(double x) => 1;", Solve)]
    [InlineData("expected Exercise.Solution(\"01.3\", …). Received: none", Hint, Define, Write, Ask)]
    [InlineData("Received: a second \"01.3\"", Hint, Define, Define, Write, Ask, Solve)]
    [InlineData("expected Exercise.Define in an earlier cell", Hint, Write, Ask, Define, Solve)]
    [InlineData("expected Exercise.Check in an earlier cell than the solution", Hint, Define, Write, Solve, Ask)]
    [InlineData("expected the verdict to be shown", Hint, Define, Write, Ask + ";", Solve)]
    [InlineData("expected the solution in a cell with //| tags: solution", Hint, Define, Write, Ask, "Exercise.Solution(\"01.3\", 1);")]
    [InlineData("begins with *Hint.* before the solution", "#!markdown\nDo it.", Define, Write, Ask, Solve)]
    [InlineData("begins with *Hint.* before the solution", Define, Write, Ask, Solve, Hint)]
    [InlineData("leaves alone what the reader wrote. Received: F again", Hint, Define, Write, Ask, Solve + "\ndouble F(double x) => x;")]
    public void An_exercise_has_rules_a_check_a_hint_and_a_solution(string words, params string[] cells) =>
        Assert.Contains(Find(cells), f => f.Rule == "exercise" && !f.IsAdvice && f.Message.Contains(words));

    [Fact]
    public void A_name_that_is_not_there_is_told_beside_one_that_is()
    {
        var messages = Find(Hint, Define, Write, Ask.Replace("01.3", "01.2"), Solve).Select(f => f.Message).ToList();
        const string missing = "Received: none. Add it, or mend a name such as ";
        Assert.Contains($"Exercise 01.2: expected Exercise.Define(\"01.2\", …). {missing}\"01.3\".", messages);
        Assert.Contains($"Exercise 01.3: expected Exercise.Check(\"01.3\", …). {missing}\"01.2\".", messages);
    }

    [Fact]
    public void An_exercise_without_rules_does_not_answer()
    {
        var found = Find(Write, "//| tags: solution\nConsole.WriteLine(1);");
        Assert.Equal([(3, true), (4, false)], found.Select(f => (f.Cell, f.Message.StartsWith("Expected Exercise.Check(…)"))));
        Assert.Contains("Expected Exercise.Solution(…) in the solution", found[1].Message);
        Assert.Empty(Find(Hint, Define, Write, Ask, "//| tags: solution\ndouble Solved(double x) => x;", Solve));
    }

    [Theory]
    [InlineData("at least two values. Received: one", "Slider.Over(\"x\", [1], Of, at: 1)")]
    [InlineData("at least two values. Received: none", "Slider.Over(\"x\", new double[] { }, Of, at: 1)")]
    [InlineData("values that differ. Received: 1 2 times", "Slider.Over(\"x\", [1, 1.0, 2], Of, at: 1)")]
    [InlineData("at to be one of 1, 2. Received: 3", "Slider.Over(\"x\", [1, 2], Of, at: 3)")]
    [InlineData("at to be one of a, b. Received: c", "Slider.Over(\"x\", [\"a\", \"b\"], Of, \"c\")")]
    [InlineData("the figure to be shown", "Slider.Over(\"x\", [1, 2], Of, at: 2);")]
    [InlineData("the figure to be shown", "record.ToFigure(\"\", \"\").Replay();")]
    public void A_slider_has_values_and_a_still(string words, string code) => Assert.Contains(words, Only("slider", 3, code));

    [Theory]
    [InlineData("Slider.Over(\"x\", values, Of, at: 2)")]
    [InlineData("Slider.Over(\"x\", [low, 2], Of, at: 3)")]
    [InlineData("Slider.Over(\"x\", [.. values], Of, at: 3)")]
    [InlineData("display(Slider.Over(\"x\", [1, 2], Of, at: 2));")]
    public void What_cannot_be_seen_of_a_slider_is_left_to_the_run(string code) => Assert.Empty(Find(code));

    [Theory]
    [InlineData("var x = Train();\nCheck.Less(\"x\", x, 1);\nx")]
    [InlineData("double F(double x) => x;\nCheck.Less(\"x\", F(1), 2);")]
    [InlineData("model.fit(x, y);\nCheck.Less(\"x\", x, 2);")]
    [InlineData("using (var tape = tf.GradientTape()) { Console.WriteLine(1); Check.Less(\"x\", 1, 2); }")]
    public void A_check_among_the_lines_of_an_idea_is_advised_against(string code) =>
        Assert.Contains("Expected checks in a cell of their own", Only("check-cell", 3, code));

    [Fact]
    public void What_a_cell_of_checks_declares_nobody_else_needs()
    {
        const string check = "var toy = Descend();\nCheck.Less(\"x\", toy, 1);";
        Assert.Contains("Received: toy, which cell 4 uses", Only("check-cell", 3, check, "toy.Show()"));
        Assert.Empty(Find(check, "var toy = 1;\ntoy"));
        Assert.Contains("Received: b, which cell 4 uses", Only("check-cell", 3, "var (a, b) = Two();\nCheck.Less(\"x\", a, b);", "b"));
    }

    [Fact]
    public void A_function_of_nothing_but_checks_may_stand_with_others()
    {
        Assert.Empty(Find("double F(double x) => x;\nvoid Near(double x)\n{\n    Check.Less(\"x\", x, 1);\n}", "Near(0);"));
        Only("check-cell", 3, "void Near(double x)\n{\n    Console.WriteLine(x);\n    Check.Less(\"x\", x, 1);\n}");
    }

    static string Lines(int count) => string.Join('\n', Enumerable.Range(0, count).Select(i => $"F{count}({i});"));

    [Fact]
    public void A_cell_has_at_most_15_lines_that_are_read()
    {
        Assert.Empty(Find($"//| alt: x\n#!time\nusing System.Text;\n\n{Lines(15)}", "1", "2"));
        Assert.Contains("Received: 16.", Only("cell-lines", 3, Lines(16), "1", "2"));
        Assert.Empty(Find(string.Concat(Enumerable.Repeat("Check.Less(\"x\", 1, 2);\n", 20)), Lines(3)));
        Assert.Empty(Find(Hint, Define, Write, Ask, $"{Solve}\n{Lines(30)}"));
    }

    [Fact]
    public void Half_of_the_cells_have_fewer_than_12_lines()
    {
        Assert.Contains("a median of 12", Only("cell-lines", 0, Lines(12), Lines(13), "1"));
        Assert.Empty(Find(Lines(11), Lines(13), "1"));
    }

    [Theory]
    [InlineData(1199, true)]
    [InlineData(1200, false)]
    [InlineData(1800, false)]
    [InlineData(1801, true)]
    public void A_page_has_1200_to_1800_words_of_prose(int words, bool isFound)
    {
        var prose = string.Join(' ', Enumerable.Repeat("word", words - 4));
        var document = DibReader.Read($"{Beginning}#!markdown\n# One - two\n\n{prose}\n\n```python\nnot counted here\n```\n\n"
            + "$$x + y = z$$\n\n* [a link](not/counted.md) <!-- not counted -->\n");
        Assert.Equal(words, ProseRule.Count(document));
        Assert.Equal(isFound ? [("words", true)] : [], PageRules.Check(document, null).Select(f => (f.Rule, f.IsAdvice)));
    }

    static Finding[] Ran(CellOutput[] outputs)
    {
        var document = Page("1", "2");
        var executed = Page("1", "2");
        executed.Cells[2].Outputs.AddRange(outputs[..^1]);
        executed.Cells[3].Outputs.Add(outputs[^1]);
        return [.. PageRules.Check(document, executed)];
    }

    [Fact]
    public void A_page_prints_at_most_three_warnings()
    {
        CellOutput Warned(string text) => new StreamOutput("stderr", text);
        var said = new StreamOutput("stdout", "Warning: no\n");
        Assert.Empty(Ran([Warned("Warning: a\nmore of it\nWarning: b\n"), said, Warned("Warning: c\n")]));
        var finding = Assert.Single(Ran([Warned("Warning: a\nWar"), Warned("ning: b\nWarning: c\n"), Warned("Warning: d\n")]));
        Assert.Equal(("warnings", 3, true), (finding.Rule, finding.Cell, finding.IsAdvice));
        Assert.Contains("Received: 4", finding.Message);
    }

    [Theory]
    [InlineData("open", false)]
    [InlineData("right", true)]
    [InlineData("wrong", true)]
    public void An_executed_page_has_not_done_its_exercises(string state, bool isFound)
    {
        var verdict = $"<div class=\"wb-exercise\" data-name=\"01.3\" data-state=\"{state}\"></div>";
        var html = new MimeBundle { ["text/html"] = JsonValue.Create(verdict) };
        Assert.Equal(isFound ? [("exercise", 4)] : [], Ran([new ResultOutput(html)]).Select(f => (f.Rule, f.Cell)));
    }

    [Fact]
    public void A_notebook_that_is_no_page_of_a_book_may_be_of_any_length()
    {
        Assert.Empty(PageRules.Check(DibReader.Read($"#!csharp\n{Lines(20)}\nCheck.Less(\"x\", 1, 2);\nx"), null));
        Assert.Equal(["decoy", "prediction", "prediction"], PageRules.Check(
            DibReader.Read("#!csharp\nusing Workbook.Helpers;\nvar a = Prediction.Choice(\"?\", \"b\", \"1\", \"2\");"), null)
            .Select(f => f.Rule).Order());
    }

    [Fact]
    public void A_finding_names_the_line_of_the_file()
    {
        var finding = Assert.Single(Find("var x = 1;\n\nSlider.Over(\"x\", [1], Of, at: 1)"));
        Assert.Equal(Beginning.Count(c => c == '\n') + 2 + 1 + 3, finding.Line);
    }
}
