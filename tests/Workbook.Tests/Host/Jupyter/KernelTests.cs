using System.Text.Json;
using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Workbook.Tests.Host.Documents;
using Xunit;

namespace Workbook.Tests.Host.Jupyter;

[Trait("speed", "slow")]
public sealed class KernelTests(KernelFixture fixture) : IClassFixture<KernelFixture>
{
    readonly KernelClient client = fixture.Client;

    [Fact]
    public async Task A_kernel_says_what_it_is()
    {
        var info = await client.AskAsync("kernel_info_request");
        Assert.Equal("5.3", (string?)info["protocol_version"]);
        Assert.Equal("C#", (string?)info["language_info"]!["name"]);
        Assert.Equal(".cs", (string?)info["language_info"]!["file_extension"]);
        Assert.Equal("ok", (string?)(await client.AskAsync("kernel_info_request", socket: "control"))["status"]);
    }

    /// <summary>
    /// Editors choose the kernel by name and language, and run and colour cells by language_info; every word in a file must be one that the
    /// kernel says too.
    /// </summary>
    [Fact]
    public async Task A_notebook_that_is_written_names_the_kernel_and_its_language_as_the_kernel_itself_does()
    {
        var info = (await client.AskAsync("kernel_info_request"))["language_info"]!;
        var written = JsonNode.Parse(NotebookFile.Bytes(Samples.Notebook(("csharp", "1")), "a.ipynb"))!["metadata"]!;
        var twins = Directory.GetFiles(Repository.File("notebooks"), "*.ipynb")
            .Select(f => JsonNode.Parse(File.ReadAllText(f))!["metadata"]!).ToList();
        Assert.NotEmpty(twins);
        Assert.All(twins.Append(written), metadata =>
        {
            Assert.True(JsonNode.DeepEquals(info, metadata["language_info"]), $"{info} is not {metadata["language_info"]}");
            Assert.Equal((string?)info["name"], (string?)metadata["kernelspec"]!["language"]);
            Assert.Equal(JupyterClients.Kernel, (string?)metadata["kernelspec"]!["name"]);
        });
    }

    [Fact]
    public async Task A_cell_is_echoed_its_outputs_come_in_order_between_busy_and_idle()
    {
        var id = client.Run("Console.Write(\"a\");\nConsole.Write(\"b\");\ndisplay(1);\nConsole.Error.Write(\"c\");\n6 * 7");
        var (reply, outputs) = await client.EndAsync(id);
        Assert.Equal("ok", reply.Status);
        Assert.Equal("5.3", (string?)reply.Header["version"]);
        // What is written within a moment is one message; on a busy machine the second write may come after that moment.
        if (outputs is [{ Text: "a" }, { Type: "stream", Text: "b" }, ..]) outputs = [.. outputs[1..]];
        else Assert.Equal("ab", outputs[0].Text);
        Assert.Equal(["1", "c", "42"], outputs[1..].Select(o => o.Text));
        Assert.Equal(["stream", "display_data", "stream", "execute_result"], outputs.Select(o => o.Type));
        Assert.Equal((int)reply.Content["execution_count"]!, (int)outputs[3].Content["execution_count"]!);
        var published = client.Published(id);
        Assert.Equal("busy", published[0].State);
        Assert.Equal("execute_input", published[1].Type);
        Assert.Equal("idle", published[^1].State);
    }

    [Fact]
    public async Task A_silent_cell_shows_nothing_and_does_not_count()
    {
        var before = Count(await client.ExecuteAsync("1"));
        var id = client.Run("Console.Write(\"x\");\nvar silently = 5;\nsilently", new() { ["silent"] = true });
        var (reply, outputs) = await client.EndAsync(id);
        Assert.Equal("ok", reply.Status);
        Assert.Empty(outputs);
        Assert.DoesNotContain(client.Published(id), m => m.Type == "execute_input");
        var after = await client.ExecuteAsync("silently");
        Assert.Equal("5", after.Outputs.Single().Text);
        Assert.Equal(before + 1, Count(after));
    }

    [Fact]
    public async Task A_cell_that_is_not_to_be_stored_does_not_count_and_leaves_no_history()
    {
        var before = Count(await client.ExecuteAsync("1"));
        Assert.Equal(before, Count(await client.ExecuteAsync("\"unstored\"", new() { ["store_history"] = false })));
        Assert.Empty(await HistoryAsync(new() { ["hist_access_type"] = "search", ["pattern"] = "*unstored*" }));
    }

    [Fact]
    public async Task History_is_found_by_its_end_by_number_and_by_pattern()
    {
        var count = Count(await client.ExecuteAsync("\"first\".Length"));
        await client.ExecuteAsync("\"second\".Length");
        Assert.Equal(["\"first\".Length", "\"second\".Length"],
            (await HistoryAsync(new() { ["hist_access_type"] = "tail", ["n"] = 2 })).Select(h => (string?)h![2]));
        var range =
            await HistoryAsync(
                new() { ["hist_access_type"] = "range", ["session"] = 0, ["start"] = count, ["stop"] = count + 1, ["output"] = true });
        Assert.Equal($"[[1,{count},[\"\\u0022first\\u0022.Length\",\"5\"]]]", range.ToJsonString());
        await client.ExecuteAsync("\"first\".Length");
        Assert.Single(await HistoryAsync(new() { ["hist_access_type"] = "search", ["pattern"] = "*fir?t*", ["unique"] = true }));
        Assert.Equal("error", (string?)(await client.AskAsync("history_request", new() { ["hist_access_type"] = "none" }))["status"]);
    }

    [Fact]
    public async Task An_expression_beside_a_cell_has_a_value_or_an_error_of_its_own()
    {
        var (reply,
            outputs) =
                await client.ExecuteAsync("var seven = 7;",
                    new() { ["user_expressions"] = new JsonObject { ["good"] = "seven * 2", ["bad"] = "nothing" } });
        Assert.Empty(outputs);
        var values = reply.Content["user_expressions"]!;
        Assert.Equal("ok", (string?)values["good"]!["status"]);
        Assert.Equal("14", (string?)values["good"]!["data"]!["text/plain"]);
        Assert.Equal("error", (string?)values["bad"]!["status"]);
        Assert.Equal("CompilationError", (string?)values["bad"]!["ename"]);
    }

    [Fact]
    public async Task An_error_is_one_message_that_names_the_cell_and_the_line()
    {
        var (reply, outputs) = await client.ExecuteAsync("var before = 1;\nthrow new FormatException(\"why\");");
        Assert.Equal("error", reply.Status);
        var error = Assert.Single(outputs);
        Assert.Equal("FormatException", (string?)error.Content["ename"]);
        Assert.Equal($"first.ipynb (cell {reply.Content["execution_count"]}, line 2):", (string?)error.Content["traceback"]![0]);
        Assert.Equal(error.Content["traceback"]!.ToJsonString(), reply.Content["traceback"]!.ToJsonString());
    }

    [Fact]
    public async Task Cells_that_wait_behind_an_error_are_aborted_unless_it_is_not_to_stop_them()
    {
        // The first waits for its input, so that the others are surely there when it fails.
        var gate = client.Run("Console.ReadLine();\nthrow new FormatException();");
        string[] waiting = [client.Run("1"), client.Run("2")];
        await client.GiveInputAsync(gate, "");
        Assert.Equal("error", (await client.EndAsync(gate)).Reply.Status);
        foreach (var id in waiting)
        {
            var (reply, outputs) = await client.EndAsync(id);
            Assert.Equal("aborted", reply.Status);
            Assert.Empty(outputs);
        }

        gate = client.Run("Console.ReadLine();\nthrow new FormatException();", new() { ["stop_on_error"] = false });
        var next = client.Run("3");
        await client.GiveInputAsync(gate, "");
        Assert.Equal("3", (await client.EndAsync(next)).Outputs.Single().Text);
        Assert.Equal("4", (await client.ExecuteAsync("4")).Outputs.Single().Text);
    }

    [Fact]
    public async Task Output_comes_while_its_cell_runs_and_a_cell_can_ask_for_input()
    {
        var id = client.Run(
            "Console.WriteLine(\"Your name?\");\nvar name = Console.ReadLine();\nvar second = Console.ReadLine();\nname + second");
        await client.WaitAsync(m => m.ParentId == id && m.Type == "stream");
        Assert.DoesNotContain(client.Published(id), m => m.State == "idle");
        await client.GiveInputAsync(id, "Ada");
        await client.GiveInputAsync(id, "Größe", n: 2);
        Assert.Equal("AdaGröße", (await client.EndAsync(id)).Outputs[^1].Text);
    }

    [Fact]
    public async Task What_a_cell_leaves_of_its_input_is_no_input_of_the_next()
    {
        var id = client.Run("(char)Console.Read()");
        await client.GiveInputAsync(id, "ab");
        Assert.Equal("a", (await client.EndAsync(id)).Outputs[^1].Text);
        var next = client.Run("Console.ReadLine()");
        await client.GiveInputAsync(next, "c");
        Assert.Equal("c", (await client.EndAsync(next)).Outputs[^1].Text);
    }

    [Fact]
    public async Task Where_nobody_can_type_a_cell_that_asks_for_input_fails_and_says_why()
    {
        var (reply, _) = await client.ExecuteAsync("Console.ReadLine()", new() { ["allow_stdin"] = false });
        Assert.Contains("wants input", (string?)reply.Content["evalue"]);
    }

    [Fact]
    public async Task An_update_names_the_display_that_it_replaces_also_from_a_later_cell()
    {
        var (_, shown) = await client.ExecuteAsync("var shown = display(\"before\");");
        var (_, updated) = await client.ExecuteAsync("shown.Update(\"after\");");
        Assert.Equal(("update_display_data", "after"), (updated.Single().Type, updated.Single().Text));
        Assert.Equal((string?)shown.Single().Content["transient"]!["display_id"],
            (string?)updated.Single().Content["transient"]!["display_id"]);
    }

    [Fact]
    public async Task Warnings_beyond_ten_are_counted_and_a_library_learns_that_lines_can_be_rewritten()
    {
        var (_, outputs) =
            await client.ExecuteAsync(
                "for (var i = 0; i < 26; i++) Console.Error.WriteLine($\"Warning: the variable 'w' is {i} "
                    + "now.\");\nConsole.Write(Environment.GetEnvironmentVariable(\"WORKBOOK_CONSOLE\"));");
        var errors = string.Concat(outputs.Where(o => (string?)o.Content["name"] == "stderr").Select(o => o.Text));
        Assert.Equal(11, errors.Count(c => c == '\n'));
        Assert.EndsWith("Warning: 16 more like these: \"the variable 'w' is 10 now.\" said 16 times.\n", errors);
        Assert.Equal("terminal", outputs.Single(o => (string?)o.Content["name"] == "stdout").Text);
    }

    [Theory]
    [InlineData("{}", true)]
    [InlineData("{\"paper_bgcolor\":\"#ffffff\"}", true)]
    [InlineData("{\"paper_bgcolor\":\"rgba(0,0,0,0)\"}", true)]
    [InlineData("{\"paper_bgcolor\":\"ghostwhite\"}", true)]
    [InlineData("{\"paper_bgcolor\":\"not a colour\"}", true)]
    [InlineData("{\"paper_bgcolor\":\"black\"}", false)]
    [InlineData("{\"paper_bgcolor\":\"#111\"}", false)]
    [InlineData("{\"template\":{\"layout\":{\"paper_bgcolor\":\"rgb(17,17,17)\"}}}", false)]
    public async Task A_chart_on_light_paper_has_a_style_before_it_for_a_dark_JupyterLab(string layout, bool isLight)
    {
        var figure = $$"""{"data":[],"layout":{{layout}}}""";
        var shown = await ShownAsync($"{JsonSerializer.Serialize(figure)}.DisplayAs(\"application/vnd.plotly.v1+json\");");
        Assert.Equal(isLight ? 2 : 1, shown.Count);
        Assert.NotNull(shown[^1].Content["data"]!["application/vnd.plotly.v1+json"]);
        if (isLight) AssertStyle(shown[0]);
    }

    [Fact]
    public async Task Tables_and_choices_have_a_style_before_them_for_JupyterLab_and_other_outputs_have_none()
    {
        foreach (var html in new[] { "<table><tr><td>words</td></tr></table>", "<ol type=\"a\"><li>A choice.</li></ol>" })
        {
            var shown = await ShownAsync($"{JsonSerializer.Serialize(html)}.DisplayAs(\"text/html\");");
            Assert.Equal(2, shown.Count);
            AssertStyle(shown[0]);
        }

        Assert.Single(await ShownAsync("\"<p>words</p>\".DisplayAs(\"text/html\");"));
        Assert.Single(await ShownAsync("\"words\".Display();"));
    }

    static void AssertStyle(KernelMessage shown)
    {
        Assert.Contains("data-jp-theme-light", (string?)shown.Content["data"]!["text/html"]);
        Assert.Equal("""{"workbook":"theme"}""", shown.Content["metadata"]!.ToJsonString());
    }

    async Task<List<KernelMessage>> ShownAsync(string code)
    {
        var id = client.Run(code);
        await client.EndAsync(id);
        return [.. client.Published(id).Where(m => m.Type == "display_data")];
    }

    [Fact]
    public async Task A_cell_can_take_back_its_outputs()
    {
        var (_, outputs) = await client.ExecuteAsync("Console.Write(\"a\");\nClearOutput(wait: true);\nConsole.Write(\"b\");");
        Assert.Equal(["stream", "clear_output", "stream"], outputs.Select(o => o.Type));
        Assert.True((bool)outputs[1].Content["wait"]!);
    }

    [Fact]
    public async Task Comms_are_listed_and_refused()
    {
        Assert.Equal("{}", (await client.AskAsync("comm_info_request"))["comms"]!.ToJsonString());
        var id = client.Send("shell", "comm_open",
            new() { ["comm_id"] = "c", ["target_name"] = "jupyter.widget", ["data"] = new JsonObject() });
        await client.IdleAsync(id);
        Assert.Equal("c", (string?)client.Published(id).Single(m => m.Type == "comm_close").Content["comm_id"]);
    }

    [Fact]
    public async Task Questions_about_a_text_are_answered_also_while_a_cell_runs()
    {
        await client.ExecuteAsync("/// <summary>How many there are.</summary>\nint Ångström(int left, string right) => left;");
        var gate = client.Run("Console.ReadLine();");
        await client.WaitAsync(m => m.Socket == "stdin" && m.ParentId == gate);

        // A character outside the basic plane counts as one.
        var completion = await client.AskAsync("complete_request", new() { ["code"] = "var s = \"😀\" + Ång", ["cursor_pos"] = 17 });
        Assert.Equal(["Ångström"], completion["matches"]!.AsArray().Select(m => (string?)m));
        Assert.Equal((14, 17), ((int)completion["cursor_start"]!, (int)completion["cursor_end"]!));
        var inspection =
            await client.AskAsync("inspect_request", new() { ["code"] = "Ångström(1, ", ["cursor_pos"] = 3, ["detail_level"] = 1 });
        Assert.True((bool)inspection["found"]!);
        Assert.Contains("int left, string right", (string?)inspection["data"]!["text/plain"]);
        Assert.False((bool)(await client.AskAsync("inspect_request", new() { ["code"] = "nowhere", ["cursor_pos"] = 3 }))["found"]!);
        Assert.Equal("incomplete", (string?)(await client.AskAsync("is_complete_request", new() { ["code"] = "if (true) {" }))["status"]);
        Assert.Equal("complete", (string?)(await client.AskAsync("is_complete_request", new() { ["code"] = "1 + 1" }))["status"]);

        Assert.Equal("busy", client.Published(gate)[^1].State);
        await client.GiveInputAsync(gate, "");
        await client.EndAsync(gate);
        var (reply, outputs) = await client.ExecuteAsync("Ångström?");
        Assert.Empty(outputs);
        Assert.Contains("Ångström", (string?)reply.Content["payload"]![0]!["data"]!["text/plain"]);
    }

    [Fact]
    public async Task A_package_is_restored_when_a_cell_asks_for_it()
    {
        var version = typeof(CsCheck.Gen).Assembly.GetName().Version!.ToString(3);
        var (reply, outputs) = await client.ExecuteAsync($"#r \"nuget: CsCheck, {version}\"\nCsCheck.Gen.Int.GetType().Namespace");
        Assert.True(reply.Status == "ok", reply.Content.ToJsonString());
        Assert.Equal("CsCheck", outputs.Single().Text);
    }

    [Fact]
    public async Task A_notebook_in_the_folder_can_be_imported()
    {
        fixture.Sandbox.Write("other.dib", "#!csharp\nvar imported = 12;");
        Assert.Equal("12", (await client.ExecuteAsync("#!import other.dib\nimported")).Outputs.Single().Text);
    }

    [Fact]
    public async Task A_request_that_is_not_as_the_protocol_has_it_is_answered_with_what_was_expected()
    {
        var reply = await client.AskAsync("execute_request", new() { ["code"] = 5 });
        Assert.Equal("execute_request: expected code to be a text. Received: 5.", (string?)reply["evalue"]);
        reply = await client.AskAsync("debug_request");
        Assert.Equal("error", (string?)reply["status"]);
    }

    static int Count((KernelMessage Reply, List<KernelMessage> Outputs) run) => (int)run.Reply.Content["execution_count"]!;

    async Task<JsonArray> HistoryAsync(JsonObject content) => (await client.AskAsync("history_request", content))["history"]!.AsArray();
}
