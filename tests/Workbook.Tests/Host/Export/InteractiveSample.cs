using System.Text.Json.Nodes;
using Workbook.Host.Documents;

namespace Workbook.Tests.Host.Export;

/// <summary>A notebook that asks: predictions, an exercise with hints, checks, warnings, a slider.</summary>
static class InteractiveSample
{
    /// <summary>A new document, so that a test may change it.</summary>
    public static NotebookDocument Create() => new()
    {
        Cells =
        {
            Markdown("# Asking\n\nWhat does the strength do?\n\n## Before"),
            Code("var where = Prediction.Choice(\"Where?\", yours: \"\", \"Up.\", \"Down.\");\nwhere",
                Html(Choice("where-1", "Where is it?"))),
            Code("var step = Prediction.Number(\"When?\", yours: null);\nstep", Html(Number("when-2", "At which step?"))),
            Markdown("## It falls through zero\n\nThe answer in words."),
            Code("Run();\nCheck.Equal(\"a\", 1, 1);\n\nforeach (var x in xs)\n    Check.Less(\"b\", x, 2);\n\n"
                + "where.Reveal(\"b\", \"The loss wants it.\")",
                new StreamOutput("stdout", "✓ a: 1\nwords\n"), new StreamOutput("stdout", "✓ b: 1\n"),
                Html(Reveal("where-1", "choice", "b", "It is b: <span>Down.</span>"))),
            Code("step.Reveal(39, \"It is slow.\", within: 4)", Html(Reveal("when-2", "number", "39\" data-within=\"4", "It is 39."))),
            Markdown("## After\n\nA question that nobody answers."),
            Code("open", Html(Choice("open-3", "And then?"))),
            Code("//| fold: How the runs are made\nvoid Runs() { }"),
            Code(string.Join('\n', Enumerable.Range(0, 50).Select(i => $"var long{i} = {i};")),
                new StreamOutput("stderr",
                    string.Concat(Enumerable.Range(0, 12).Select(i => $"Warning: 'v{i}' left its range; it is -{i}.5 now.\n"))
                    + "Warning: once.\nWarning: twice.\nWarning: thrice.\n")),
            Code("table", Html("<table><thead><tr><th>n</th></tr></thead><tbody>"
                + string.Concat(Enumerable.Range(0, 30).Select(i => $"<tr><td>{i}</td></tr>")) + "</tbody></table>")),
            Code("slider", new DisplayOutput(new MimeBundle { [Plotly] = JsonNode.Parse(Slider), ["text/plain"] = "a slider" })),
            Markdown("## Exercises\n\n**1.** Make it rise.\n\n*Hint.* Turn the sign.\n\n*Hint.* Of the *gradient*."),
            Code("//| tags: exercise\ndouble Rise() => 0;\nExercise.Check(\"1\", Rise)",
                Html("<div class=\"wb-exercise\" data-name=\"1\" data-state=\"open\"><p class=\"wb-verdict\"><strong>Exercise 1</strong>: "
                    + "not written yet.</p></div>")),
            Code("//| tags: solution\nExercise.Solution(\"1\", () => 1.0);", new StreamOutput("stdout", "✓ it rises\n")),
        },
    };

    /// <summary>Two states of a line; the second is the still.</summary>
    public const string Slider = """
        {"data":[{"type":"scatter","mode":"lines","name":"x","x":[0,1,2],"y":[0,2,4],"line":{"color":"#57606a"}}],
         "layout":{"title":{"text":"Twice as steep"},"xaxis":{"title":{"text":"t"}},"yaxis":{"title":{"text":"x"},"range":[0,8]},
          "annotations":[{"x":2,"y":4,"text":"steep","showarrow":false,"font":{"color":"#57606a"}}],
          "meta":{"alt":"A line from 0 to 4.","wb":{"kind":"slider","name":"slope"}},
          "sliders":[{"active":1,"currentvalue":{"prefix":"slope: "},"steps":[
            {"label":"1","method":"animate","args":[[{"data":[{"y":[0,1,2]}],"layout":{"title":{"text":"Slow"},"meta":{"alt":"A line from 0 to 2."}}}]]},
            {"label":"2","method":"animate","args":[[{"data":[{"y":[0,2,4]}],"layout":{"title":{"text":"Twice as steep"},"meta":{"alt":"A line from 0 to 4."}}}]]},
            {"label":"4","method":"animate","args":[[{"data":[{"y":[0,4,8]}],"layout":{"title":{"text":"Steep"},"meta":{"alt":"A line from 0 to 8."}}}]]}]}]}}
        """;

    /// <summary>The same slider with frames that have names, as other makers write it.</summary>
    public static string NamedSlider
    {
        get
        {
            var figure = JsonNode.Parse(Slider)!;
            var frames = new JsonArray();
            foreach (var step in figure["layout"]!["sliders"]![0]!["steps"]!.AsArray())
            {
                var frame = step!["args"]![0]![0]!.DeepClone();
                frame["name"] = $"slope {step["label"]}";
                step["args"]![0] = new JsonArray(frame["name"]!.DeepClone());
                frames.Add(frame);
            }
            figure["frames"] = frames;
            return figure.ToJsonString();
        }
    }

    /// <summary>Pale contours with a curve, a label on it, an arrow without words, and a long line of keys.</summary>
    public static string Contours(bool filled) => $$$"""
        {"data":[
          {"type":"contour","x":[0,1,2],"y":[0,1,2],"z":[[0,1,2],[1,2,3],[2,3,5]],"showscale":false,"colorscale":[[0,"#ffffff"],[1,"#b9c4d0"]],
           "contours":{"coloring":"{{{(filled ? "fill" : "none")}}}","showlabels":true,"labelfont":{"size":10,"color":"#8b949e"}},"line":{"color":"#9aa5b1","width":1}},
          {"type":"scatter","mode":"lines","name":"path","x":[0,1,2],"y":[0,0.5,2],"line":{"color":"#6b6b6b","width":2}},
          {"type":"scatter","mode":"lines","name":"bound","x":[0,2],"y":[1.5,1.5],"line":{"color":"#000000","dash":"dash"}}],
         "layout":{"title":{"text":"Contours"},"margin":{"l":64,"r":60,"t":40,"b":68},"xaxis":{"title":{"text":"x","standoff":8},"range":[0,2]},"yaxis":{"title":{"text":"y"},"range":[0,2]},"showlegend":false,
          "annotations":[{"x":1,"y":0.5,"text":"a label<br>in two lines","showarrow":false,"font":{"size":12,"color":"#222222"}},
            {"x":2,"y":2,"text":"","axref":"x","ayref":"y","ax":1.8,"ay":1.6,"arrowcolor":"#0077c8"},
            {"text":"Judge: ● training loss   ■ other data   ◆ likelihood   ▲ constraint","xref":"paper","yref":"paper","x":0,"y":0,"xanchor":"left","yanchor":"top","yshift":-46,"showarrow":false,"font":{"size":11,"color":"#222222"}}]}}
        """;

    const string Plotly = "application/vnd.plotly.v1+json";

    static string Choice(string id, string question) =>
        $"<fieldset class=\"wb-prediction\" data-id=\"{id}\" data-kind=\"choice\" data-yours=\"a\"><legend>Predict: {question}</legend>"
            + "<ol type=\"a\"><li data-choice=\"a\">Up.</li><li data-choice=\"b\">Down.</li></ol>"
            + "<p class=\"wb-yours\">Your answer: a.</p></fieldset>";

    static string Number(string id, string question) =>
        $"<fieldset class=\"wb-prediction\" data-id=\"{id}\" data-kind=\"number\" data-yours=\"\"><legend>Predict: {question}</legend>"
            + "<p class=\"wb-yours\">Not answered yet.</p></fieldset>";

    static string Reveal(string id, string kind, string answer, string words) =>
        $"<div class=\"wb-reveal\" data-for=\"{id}\" data-kind=\"{kind}\" data-answer=\"{answer}\"><p class=\"wb-question\">The question</p>"
            + $"<p class=\"wb-said\" data-yours=\"a\">You said a.</p><p class=\"wb-answer\">{words}</p>"
            + "<p class=\"wb-because\">Because.</p></div>";

    static ResultOutput Html(string html) => new(new MimeBundle { ["text/html"] = html, ["text/plain"] = "words" });

    static Cell Markdown(string source) => new() { Language = "markdown", Source = source, Line = 1 };

    static Cell Code(string source, params CellOutput[] outputs) => new()
    { Language = "csharp", Source = source, Tags = CellOptions.Tags(source), Outputs = [.. outputs], ExecutionCount = 1 };
}
