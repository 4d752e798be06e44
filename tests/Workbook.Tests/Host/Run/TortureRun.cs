namespace Workbook.Tests.Host.Run;

/// <summary>One run over notebooks that each do something a notebook should not do, or seldom does.</summary>
public sealed class TortureRun : IDisposable
{
    internal Sandbox Sandbox { get; } = new();

    public int ExitCode { get; }

    public string Output { get; }

    public string Errors { get; }

    public TortureRun()
    {
        foreach (var (name, text) in Notebooks) Sandbox.Write($"books/{name}", text);
        (ExitCode, Output, Errors) = Sandbox.Run("run", "books", "--timeout", "120", "--jobs", "2");
    }

    /// <summary>How many notebooks the run finds: all but the executed twin of one.</summary>
    public static int Count => Notebooks.Count - 1;

    static readonly Dictionary<string, string> Notebooks = new()
    {
        ["exit.dib"] = "Console.WriteLine(\"before\");\n#!csharp\nEnvironment.Exit(0);\n#!csharp\n1",
        ["overflow.dib"] = "Console.WriteLine(\"before\");\nint F(int n) => F(n + 1) + 1;\nF(0)",
        ["failfast.dib"] = "Environment.FailFast(\"last words\");",
        ["native.dib"] = "System.Runtime.InteropServices.Marshal.WriteByte((nint)0x123456789AB, 1);",
        ["thread.dib"] = "var t = new System.Threading.Thread(() => throw new FormatException(\"on a thread\"));\nt.Start();\nt.Join();",
        ["throw.dib"] =
            "#!markdown\n# Title\n#!csharp\nConsole.WriteLine(\"before\");\n\nthrow new InvalidOperationException(\"why\");\n#!csharp\n1",
        ["compile.dib"] = "1\n#!csharp\nint x = missing;",
        ["import.dib"] = "#!import sub/imported.dib",
        ["sub/imported.dib"] = "//| tags: raises-exception FormatException\nthrow new FormatException(\"inside\");",
        ["unawaited.dib"] = "void Lose()\n{\n    var lost = Task.Run(() => throw new FormatException(\"nobody waits\"));\n"
            + "    while (!lost.IsCompleted) System.Threading.Thread.Yield();\n}\n\nLose();\n#!csharp\n1",
        ["flood.dib"] = "var line = new string('x', 99);\nfor (var i = 0; i < 50_000; i++) Console.WriteLine(line);",
        ["late.dib"] =
            "var gate = new TaskCompletionSource();\nvar late = Task.Run(async () => { await gate.Task; Console.WriteLine(\"from the "
                + "first\"); });\n#!csharp\nConsole.WriteLine(\"from the second\");\ngate.SetResult();\nawait late;",
        ["many.dib"] = string.Concat(Enumerable.Range(0, 400).Select(i => $"#!csharp\nvar x{i} = {i};\nx{i} + 1\n")),
        ["values.dib"] = "record Row(int A, string B);\nEnumerable.Range(0, 100_000).Select(i => new Row(i, new string('y', 20))).ToList()"
            + "\n#!csharp\nclass Node { public Node Next; public int A = 1; }\nvar n = new Node();\nn.Next = n;\nn"
            + "\n#!csharp\nNode m = null;\nfor (var i = 0; i < 10_000; i++) m = new Node { Next = m };\nm"
            + "\n#!csharp\n(string)null"
            + "\n#!csharp\nConsole.WriteLine(\"Größe שלום 😀 \\u200f\");\n\"日本語 שלום\"",
        ["same-a.dib"] =
            "System.IO.File.WriteAllText(System.IO.Path.Combine(System.IO.Path.GetTempPath(), \"same.txt\"), "
                + "\"a\");\nSystem.IO.File.ReadAllText(System.IO.Path.Combine(System.IO.Path.GetTempPath(), \"same.txt\"))",
        ["same-b.dib"] =
            "System.IO.File.WriteAllText(System.IO.Path.Combine(System.IO.Path.GetTempPath(), \"same.txt\"), "
                + "\"b\");\nSystem.IO.File.ReadAllText(System.IO.Path.Combine(System.IO.Path.GetTempPath(), \"same.txt\"))",
        ["child.dib"] =
            "var p = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(\"dotnet\", "
                + "\"--version\"));\np.WaitForExit();\nConsole.WriteLine(\"after\");\n#!csharp\nConsole.OpenStandardOutput().Write(Encoding.UTF8.GetBytes(\"raw\"));",
        ["checks.dib"] = "Console.WriteLine(\"✓ one: 1\\n✓ two: 2\");\n#!csharp\nConsole.WriteLine(\"✗ three: 3\");\n#!csharp\n1",
        ["promises.dib"] =
            "//| tags: raises-exception FormatException\nint.Parse(\"x\");\n#!csharp\n//| tags: skip-execution\nnope\n#!csharp\n//| tags: "
                + "exercise\nthrow new NotImplementedException();\n#!csharp\n//| tags: solution\n42\n#!csharp\n//| tags: "
                    + "raises-exception\nnope\n#!html\n<b>shown</b>",
        ["cross.dib"] = "//| tags: raises-exception FormatException\nConsole.WriteLine(\"✗ four: 4\");\nint.Parse(\"x\");",
        ["broken-promise.dib"] = "//| tags: raises-exception FormatException\n1",
        ["other-promise.dib"] = "//| tags: raises-exception FormatException\nthrow new ArgumentException(\"x\");",
        ["stub.dib"] = "//| tags: exercise\nint x = missing;",
        ["fsharp.dib"] = "#!fsharp\n1",
        ["empty.dib"] = "",
        ["bad.ipynb"] = "{",
        ["twin.dib"] = "1",
        ["twin.ipynb"] = "not even JSON, and not looked at",
    };

    public void Dispose() => Sandbox.Dispose();
}
