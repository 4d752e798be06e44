using System.Text.Json.Nodes;
using Workbook.Host.Display;
using Workbook.Host.Documents;

namespace Workbook.Tests.Host.Export;

/// <summary>A notebook with one of everything that a page can show.</summary>
static class SampleNotebook
{
    /// <summary>A new document, so that a test may change it.</summary>
    public static NotebookDocument Create() => new()
    {
        Cells =
        {
            Markdown("""
                # The strength that ran away

                Why does a learned L2 strength collapse, and *when exactly*? After this page you can say so before you run it. Ten minutes to read, 2 s to run.

                | name | domain | judge | what the loss wants | ground truth |
                |---|---|---|---|---|
                | `strength` | positive, by softplus | training loss | smaller, always: $\partial L/\partial\lambda = \tfrac12\lVert w\rVert^2$ | $t_0 = 0.888889$ |

                ## What the gradient says

                > **Trap** The gradient of the loss by the strength is never negative: $\frac{\partial L}{\partial \lambda} = \tfrac12 \lVert w \rVert^2 \ge 0$.

                With $X^\top X/n = I$ and $w$ kept at its optimum $b/(1+\lambda)$ we have

                $$
                \begin{aligned}
                L(w, \lambda) &= \frac{1}{2n} \lVert y - Xw \rVert^2 + \frac{\lambda}{2} \lVert w \rVert^2 \\
                \lambda'(t) &= -\frac{B}{2(1+\lambda)^2}, \qquad B = \sum_{j=1}^{d} b_j^2
                \end{aligned}
                $$

                ```csharp
                var strength = tf.Variable(0.1); // as in the text
                ```

                ### A wide formula

                $$ p(y \mid X, \alpha, \beta) = \left( \frac{\beta}{2\pi} \right)^{n/2} \sqrt[n]{\det \hat{A}^{-1}} \, \exp\left( -\int_0^\infty \tilde{f}(x)\,\mathrm{d}x \right) \approx \mathbf{E}_{x \sim \mathcal{N}(0,1)}\left[\begin{pmatrix} a & b \\ c & d \end{pmatrix}\right] + \max_{i} |x_i| $$
                """),
            Code("""
                //| tags: parameters
                var epochs = 50;
                """),
            Code("""
                #r "nuget: Plotly.NET, 6.0.0"
                using System.Linq;

                /* The penalty-only flow. */
                record Step(int Epoch, double Strength);
                double Loss(double[] w, double strength) => 0.5 * strength * w.Sum(x => x * x); // grows with strength, whatever the weights are, and this comment is wide
                var text = $"loss {Loss([1, -2, .5], 0.1):F3} and a raw \"string\"";
                List<Step> steps = [];
                for (var i = 0; i < 3; i++) steps.Add(new Step(i, Math.Pow(0.9, i)));
                Console.WriteLine(text);
                steps
                """,
                new StreamOutput("stdout", "loss 0.263 and a raw \"string\"\n"),
                new StreamOutput("stdout",
                    "✓ the gradient equals ½‖w‖²: 2.625 (expected 2.625, tolerance 1e-12)\n✗ zero is crossed at step 39: 41\n"),
                new StreamOutput("stderr", "warning: the strength left its domain\n"),
                new ResultOutput(
                    Formatter.Format(
                        Enumerable.Range(0, 30).Select(i => new { Epoch = i, Strength = Math.Pow(0.9, i), Name = $"step {i}" })))),
            Code("figure", new DisplayOutput(Bundle(Line))),
            Code("//| tags: hide-input\nhidden_code()", new DisplayOutput(Bundle(Surface))),
            Code("//| alt: Two panels side by side, the error falls in both.\npanels", new DisplayOutput(Bundle(Panels))),
            Markdown(
                "## Predict, then run\n\n- [ ] it grows\n- [x] it falls\n\n1. "
                    + "`SeeTheVeryLongIdentifierThatDoesNotBreakAnywhereByItselfBecauseItHasNoSpaces`\n2. "
                        + "See [the next notebook](02-price.dib#why) and [the notes](https://example.org/notes)."),
            Code("//| tags: raises-exception InvalidOperationException\nthrow new InvalidOperationException(\"The strength is "
                + "negative.\");",
                new ErrorOutput("InvalidOperationException", "The strength is negative.",
                    ["  at cell 7, line 1 (01-strength.dib, line 88)",
                        "    throw new InvalidOperationException(\"The strength is negative.\");"])),
            Code("Oops();",
                new ErrorOutput("CompilationError", "(1,1): error CS0103: The name 'Oops' does not exist in the current context", [])),
            Code("matrix", new ResultOutput(Formatter.Format(new[,] { { 1.0, 0.25 }, { -0.125, 3 } })),
                new DisplayOutput(Formatter.Format(3.25))),
            Markdown("## Exercises"),
            Code("//| tags: exercise\n// Which sign has the gradient?\nvar sign = 0;"),
            Code("//| tags: solution\nvar sign = 1;", new StreamOutput("stdout", "✓ right\n")),
        },
    };

    /// <summary>A short notebook whose only figure is quick to draw.</summary>
    public static NotebookDocument CreateShort()
    {
        var document = Create();
        document.Cells.RemoveAll(c => c.Source.Contains("hidden_code") || c.Source.Contains("panels"));
        return document;
    }

    /// <summary>A line chart with three traces, a dashed truth and a direct label.</summary>
    public const string Line = """
        {"data":[
          {"type":"scatter","mode":"lines","name":"training loss","x":[0,1,2,3,4],"y":[1,0.6,0.3,0.05,-0.2],"line":{"color":"#57606a"}},
          {"type":"scatter","mode":"lines+markers","name":"validation loss","x":[0,1,2,3,4],"y":[1.1,0.8,0.7,0.72,0.8],"line":{"color":"#0b5cad"}},
          {"type":"scatter","mode":"lines","name":"closed form","x":[0,4],"y":[1,-0.2],"line":{"color":"black","dash":"dash"}}],
         "layout":{"title":{"text":"The strength crosses zero at step 39 &amp; <b>never</b> comes back"},"xaxis":{"title":{"text":"epoch"}},"yaxis":{"title":{"text":"strength λ"}},
          "annotations":[{"x":4,"y":-0.2,"text":"runs away","showarrow":true,"ax":-30,"ay":-20,"font":{"color":"#b42318"}}],
          "meta":{"alt":"Line chart: the strength falls from 1 through zero at epoch 3.3 to −0.2; validation loss is least at epoch 2."}}}
        """;

    /// <summary>A surface, which needs WebGL.</summary>
    public const string Surface = """
        {"data":[{"type":"surface","x":[0,1,2],"y":[0,1,2],"z":[[1,2,3],[2,1,2],[3,2,4]],"colorbar":{"title":{"text":"loss"}}}],
         "layout":{"title":"The loss sheet slopes towards zero strength","scene":{"xaxis":{"title":{"text":"w"}},"yaxis":{"title":{"text":"λ"}}}}}
        """;

    /// <summary>Two panels on a grid.</summary>
    public const string Panels = """
        {"data":[
          {"type":"bar","name":"before","x":["a","b","c"],"y":[3,2,1],"marker":{"color":"#1b2a5a"}},
          {"type":"histogram","name":"after","x":[1,2,2,3,3,3,4],"xaxis":"x2","yaxis":"y2","marker":{"color":"#e07b00"}}],
         "layout":{"width":600,"height":600,"grid":{"rows":1,"columns":2,"pattern":"independent"},"xaxis":{"title":{"text":"group"}},"xaxis2":{"title":{"text":"error (m)"}},"yaxis":{"title":{"text":"count"}}}}
        """;

    static MimeBundle Bundle(string figure) => new()
    {
        [FigureType] = JsonNode.Parse(figure),
        ["text/plain"] = "a figure",
    };

    const string FigureType = "application/vnd.plotly.v1+json";

    static Cell Markdown(string source) => new() { Language = "markdown", Source = source, Line = 1 };

    static Cell Code(string source, params CellOutput[] outputs)
    {
        var tags = source.Split('\n').Where(l => l.StartsWith("//| tags: ", StringComparison.Ordinal)).Select(l => l["//| tags: ".Length..])
            .ToList();
        return new Cell { Language = "csharp", Source = source, Tags = tags, Outputs = [.. outputs], ExecutionCount = 1 };
    }
}
