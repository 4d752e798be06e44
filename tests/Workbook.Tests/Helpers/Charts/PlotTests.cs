using System.Text.Json;
using System.Text.Json.Nodes;
using Workbook.Helpers;
using Workbook.Tests.Helpers.Display;
using Xunit;

namespace Workbook.Tests.Helpers.Charts;

public class PlotTests
{
    static Plot Falling =>
        new Plot("λ falls", "step", "λ").Line("naive", [0, 1, 2, 3], [1, 0.5, double.NaN, -0.25]).Truth("border", y: -1)
            .Event("crosses zero at step 2", 2, 0);

    static JsonNode Json(Figure figure) => JsonNode.Parse(figure.ToJson())!;

    [Fact]
    public void Numbers_are_plain_arrays_and_what_is_not_finite_is_null()
    {
        var trace = Json(Falling)["data"]![0]!;
        Assert.Equal("[0,1,2,3]", JsonSerializer.Serialize(trace["x"]!.AsArray().Select(v => v?.GetValue<double>())));
        Assert.Equal("[1,0.5,null,-0.25]", JsonSerializer.Serialize(trace["y"]!.AsArray().Select(v => v?.GetValue<double>())));
    }

    [Fact]
    public void Title_and_axis_titles_and_alternative_text_are_in_the_figure()
    {
        var layout = Json(Falling)["layout"]!;
        Assert.Equal("<b>λ falls</b>", (string?)layout["title"]!["text"]);
        Assert.Equal("step", (string?)layout["xaxis"]!["title"]!["text"]);
        Assert.Equal("λ", (string?)layout["yaxis"]!["title"]!["text"]);
        Assert.Equal(Falling.Alt, (string?)layout["meta"]!["alt"]);
    }

    [Fact]
    public void The_alternative_text_says_what_the_data_say() =>
        Assert.Equal(
            "λ falls. Horizontal: step from 0 to 3. Vertical: λ from -1 to 1. naive: from 1 at 0 to -0.25 at 3. "
                + "border: a horizontal dashed line at -1. Marked at (2, 0): crosses zero at step 2.",
            Falling.Alt);

    [Fact]
    public void A_host_gets_plotly_json_and_the_alternative_text()
    {
        Assert.Equal(Falling.ToJson(), Shown.As("application/vnd.plotly.v1+json", Falling));
        Assert.Equal(Falling.Alt, Shown.As("text/plain", Falling));
    }

    [Fact]
    public void What_is_compared_has_a_colour_each_and_a_truth_is_dashed_black()
    {
        var data = Json(new Plot("t", "x", "y").Line("a", [1, 2], [1, 2]).Line("b", [1, 2], [2, 1]).Truth("c", [1, 2], [1, 1])
            .Points("a", [1], [1]).Line("d", [1, 2], [0, 0], hue: Hue.Grey).Line("e", [1, 2], [3, 3]))["data"]!.AsArray();
        Assert.Equal(["#0077c8", "#c24400", "#000000", null, "#6b6b6b", "#005c3c"], data.Select(t => (string?)t!["line"]?["color"]));
        Assert.Equal("#0077c8", (string?)data[3]!["marker"]!["color"]);
        Assert.Equal(["solid", "solid", "dash", null, "solid", "solid"], data.Select(t => (string?)t!["line"]?["dash"]));
    }

    [Fact]
    public void A_band_goes_along_one_line_and_back_along_the_other_and_leaves_gaps_out()
    {
        var plot = new Plot("t", "x", "y").Band("fan", [1, 2, 3], [0, double.NaN, -4], [1, 2, 5], Hue.Blue);
        var band = Json(plot)["data"]![0]!;
        Assert.Equal([1, 3, 3, 1], band["x"]!.AsArray().Select(v => (double)v!));
        Assert.Equal([1, 5, -4, 0], band["y"]!.AsArray().Select(v => (double)v!));
        Assert.Equal(("toself", "#0077c840"), ((string?)band["fill"], (string?)band["fillcolor"]));
        Assert.Contains("fan: from 0 … 1 at 1 to -4 … 5 at 3, lowest -4, highest 5.", plot.Alt);
        Assert.Contains("as many values on both lines",
            Assert.Throws<ArgumentException>(() => plot.Band("b", [1], [], [1], Hue.Blue)).Message);
    }

    [Fact]
    public void After_the_last_colour_the_first_comes_again_with_other_dashes()
    {
        var plot = new Plot("t", "x", "y");
        for (var i = 0; i < 11; i++) plot.Line($"{i}", [1, 2], [i, i]);
        var pens = Json(plot)["data"]!.AsArray().Select(t => ((string?)t!["line"]!["color"], (string?)t["line"]!["dash"])).ToList();
        Assert.Equal(11, pens.Distinct().Count());
        Assert.Equal(("#0077c8", "dashdot"), pens[5]);
        Assert.DoesNotContain(pens, p => p.Item2 is "dash" or "dot");
    }

    [Fact]
    public void Names_bear_the_badges_of_their_judges_and_a_line_explains_them()
    {
        var plot = new Plot("t", "x", "y").Line("a", [1, 2], [1, 2], Judge.Train).Line("b", [1, 2], [2, 1], Judge.Validation)
            .Points("c", [1], [1], Judge.Budget).Line("nobody's", [1, 2], [0, 0]);
        var texts = Json(plot)["layout"]!["annotations"]!.AsArray().Select(a => (string?)a!["text"]).ToList();
        Assert.Contains("●\u00a0a", texts);
        Assert.Contains("■\u00a0b", texts);
        Assert.Contains("▲\u00a0c", texts);
        Assert.Contains("nobody's", texts);
        Assert.Equal("Judge: ●\u00a0training\u00a0loss   ■\u00a0other\u00a0data   ▲\u00a0constraint", texts[^1]);
        Assert.EndsWith("Judged by the training loss: a. Judged by other data: b. Judged by a constraint: c.", plot.Alt);
    }

    [Fact]
    public void One_judge_of_everything_is_said_once()
    {
        var plot = new Plot("t", "x", "y").Line("a", [1, 2], [1, 2], Judge.Evidence).Line("b", [1, 2], [2, 1], Judge.Evidence);
        var layout = Json(plot)["layout"]!;
        var texts = layout["annotations"]!.AsArray().Select(a => (string)a!["text"]!);
        Assert.Equal(["Judge: likelihood", "a", "b"], texts.Order(StringComparer.Ordinal));
        Assert.Equal(16, (int)layout["margin"]!["b"]! - (int)Json(Falling)["layout"]!["margin"]!["b"]!);
        Assert.EndsWith("The judge is the likelihood.", plot.Alt);
    }

    [Fact]
    public void Errors_are_bars_that_the_axes_show()
    {
        var figure = Json(new Plot("t", "x", "y").Points("a", [1, 2], [1, 2], xError: [0.1, 0.2], yError: [5, 1]));
        Assert.Equal([5, 1], figure["data"]![0]!["error_y"]!["array"]!.AsArray().Select(v => (double)v!));
        Assert.Equal([0.1, 0.2], figure["data"]![0]!["error_x"]!["array"]!.AsArray().Select(v => (double)v!));
        Assert.True((double)figure["layout"]!["yaxis"]!["range"]![0]! < -4);
        Assert.Equal("'a': expected as many errors as points, 2. Received: 1.",
            Assert.Throws<ArgumentException>(() => new Plot("t", "x", "y").Points("a", [1, 2], [1, 2], yError: [1])).Message);
    }

    [Fact]
    public void Points_with_names_say_them_and_write_those_that_have_room()
    {
        var figure = Json(new Plot("t", "x", "y").Points("", [0, 5, 5.01, 10], [0, 5, 5.01, 10], label: false,
            names: ["mouse", "goat", "sheep", "a <b> elephant"]));
        Assert.Equal(["mouse", "goat", "sheep", "a <b> elephant"], figure["data"]![0]!["hovertext"]!.AsArray().Select(v => (string?)v));
        var written = figure["layout"]!["annotations"]!.AsArray().ToDictionary(a => (string)a!["text"]!, a => (string?)a!["xanchor"]);
        Assert.Equal("left", written["mouse"]);
        Assert.Equal("right", written["a &lt;b&gt; elephant"]);
        Assert.Equal(("left", "right"), (written["goat"], written["sheep"]));
    }

    [Fact]
    public void An_arrow_goes_from_one_point_to_the_other()
    {
        var plot = new Plot("t", "x", "y", logX: true).Arrow("thrown", (10, 3), (1000, -1), Hue.Orange);
        var arrow = Json(plot)["layout"]!["annotations"]![0]!;
        Assert.Equal((1, 3, 3, -1), ((double)arrow["ax"]!, (double)arrow["ay"]!, (double)arrow["x"]!, (double)arrow["y"]!));
        Assert.Equal("#c24400", (string?)arrow["arrowcolor"]);
        Assert.EndsWith("An arrow from (10, 3) to (1000, -1): thrown.", plot.Alt);
    }

    [Fact]
    public void A_title_is_not_broken_at_an_equals_sign() =>
        Assert.Contains("δ\u00a0=\u00a00.1",
            (string?)Json(new Plot("Around 0 the sign-safe power (solid, δ = 0.1) is finite", "x", "y"))["layout"]!["title"]!["text"]);

    [Fact]
    public void A_reference_that_is_no_truth_is_dotted_grey()
    {
        var plot = new Plot("t", "x", "y").Reference("first", [1, 2], [1, 2]).Reference("guess", y: 1.5);
        var data = Json(plot)["data"]!.AsArray();
        Assert.Equal(["#6b6b6b", "#6b6b6b"], data.Select(t => (string?)t!["line"]!["color"]));
        Assert.Equal(["dot", "dot"], data.Select(t => (string?)t!["line"]!["dash"]));
        Assert.Contains("guess: a horizontal dotted line at 1.5.", plot.Alt);
        Assert.StartsWith("Reference 'guess': expected one value", Assert.Throws<ArgumentException>(() => plot.Reference("guess")).Message);
    }

    [Fact]
    public void Hollow_points_have_the_open_symbol_of_their_judge()
    {
        var data =
            Json(new Plot("t", "x", "y").Points("one kind", [1], [1], Judge.Evidence)
                .Points("another", [2], [2], Judge.Evidence, hollow: true))["data"]!.AsArray();
        Assert.Equal(["diamond", "diamond-open"], data.Select(t => (string?)t!["marker"]!["symbol"]));
        Assert.True((double)data[1]!["marker"]!["line"]!["width"]! > 0);
    }

    [Fact]
    public void Every_line_bears_its_name_as_a_label_of_its_colour()
    {
        var labels = Json(Falling)["layout"]!["annotations"]!.AsArray().Select(a => ((string?)a!["text"], (string?)a["font"]!["color"]))
            .ToList();
        Assert.Contains(("naive", "#0077c8"), labels);
        Assert.Contains(("border", "#000000"), labels);
        Assert.Contains(("crosses zero at<br>step 2", "#222222"), labels);
    }

    [Fact]
    public void A_truth_without_a_label_is_drawn_and_said_but_not_written()
    {
        var plot = new Plot("t", "x", "y").Truth("hidden", [1, 2], [1, 2], label: false).Truth("level", y: 3, label: false)
            .Truth("border", x: 3, label: false);
        Assert.Empty(Json(plot)["layout"]!["annotations"]!.AsArray());
        Assert.Equal(3, Json(plot)["data"]!.AsArray().Count);
        Assert.Contains("hidden: from 1 at 1 to 2 at 2. level: a horizontal dashed line at 3. border: a vertical", plot.Alt);
    }

    [Fact]
    public void Points_without_a_label_are_drawn_and_said_but_not_written()
    {
        var plot = new Plot("t", "x", "y").Points("dot", [1], [2], label: false);
        Assert.Empty(Json(plot)["layout"]!["annotations"]!.AsArray());
        Assert.Contains("dot: from 2 at 1", plot.Alt);
    }

    [Fact]
    public void Drawing_twice_and_adding_marks_between_gives_all_marks_once()
    {
        var plot = Falling;
        Assert.Equal(plot.ToJson(), plot.ToJson());
        Assert.Equal(4, Json(plot.Line("more", [0, 9], [0, 1]))["data"]!.AsArray().Count);
        Assert.True((double)Json(plot)["layout"]!["xaxis"]!["range"]![1]! > 9);
    }

    [Fact]
    public void On_a_logarithmic_axis_ranges_and_labels_are_exponents()
    {
        var layout = Json(new Plot("t", "x", "y", logX: true).Line("a", [1, 10, 1000], [1, 2, 3]))["layout"]!;
        Assert.Equal("log", (string?)layout["xaxis"]!["type"]);
        Assert.Equal(3, (double)layout["annotations"]![0]!["x"]!);
        Assert.InRange((double)layout["xaxis"]!["range"]![1]!, 3, 3.2);
    }

    [Fact]
    public void A_zoom_limits_the_axes_and_labels_stay_inside()
    {
        var layout = Json(new Plot("t", "x", "y").Line("runaway", [0, 1, 2, 3], [1, 0, -5, -1e6]).Zoom(y: (-10, 2)))["layout"]!;
        Assert.Equal(-10, (double)layout["yaxis"]!["range"]![0]!);
        Assert.Equal(-5, (double)layout["annotations"]![0]!["y"]!);
    }

    [Fact]
    public void Texts_that_look_like_html_are_escaped() =>
        Assert.Contains("λ &lt; 0 &amp; more",
            (string?)Json(new Plot("λ < 0 & more", "x", "y").Line("a", [1], [1]))["layout"]!["title"]!["text"]);

    [Fact]
    public void Different_lengths_are_refused() =>
        Assert.Equal("'a': expected as many values on both axes. Received: 1 and 2.",
            Assert.Throws<ArgumentException>(() => new Plot("t", "x", "y").Line("a", [1], [1, 2])).Message);

    [Fact]
    public void A_truth_is_one_value_of_one_axis()
    {
        Assert.Throws<ArgumentException>(() => new Plot("t", "x", "y").Truth("a"));
        Assert.Throws<ArgumentException>(() => new Plot("t", "x", "y").Truth("a", x: 1, y: 2));
    }

    [Fact]
    public void A_plot_without_finite_values_is_still_a_figure() =>
        Assert.Contains("a: no finite value.", new Plot("t", "x", "y").Line("a", [double.NaN], [1]).Alt);
}
