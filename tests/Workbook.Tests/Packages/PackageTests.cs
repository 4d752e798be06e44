using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Workbook.Helpers;
using Workbook.Host.Documents;
using Workbook.Tensors;
using Workbook.Tests.Host;
using Workbook.Tests.Notebooks;
using Xunit;

namespace Workbook.Tests.Packages;

/// <summary>The packages, used as strangers use them: from a folder, outside the repository.</summary>
[Trait("speed", "slow")]
public sealed partial class PackageTests(PackedPackages packages) : IClassFixture<PackedPackages>
{
    public static TheoryData<string> Names => [.. PackedPackages.Names];

    /// <summary>The program of the README.</summary>
    static string Program { get; } = Code().Match(File.ReadAllText(Repository.File("README.md"))).Groups[1].Value;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_package_says_what_it_is_and_brings_its_documentation_and_symbols(string name)
    {
        string Word(string element) => packages.Specification(name).Descendants().Single(e => e.Name.LocalName == element).Value;
        Assert.Equal(("MIT", "README.md", "icon.png", "The Workbook authors"),
            (Word("license"), Word("readme"), Word("icon"), Word("authors")));
        Assert.InRange(Word("description").Length, 60, 300);
        Assert.Contains("tensorflow", Word("tags"));
        using var archive = packages.Open(name);
        var files = archive.Entries.Select(e => e.FullName).ToList();
        Assert.Contains("README.md", files);
        Assert.Contains("icon.png", files);
        if (name == "Workbook.Interactive")
        {
            Assert.Contains("interactive-extensions/dotnet/Workbook.Interactive.dll", files);
            return;
        }

        if (name != "Workbook.Tool") Assert.Contains($"lib/net10.0/{name}.xml", files);
        Assert.True(File.Exists(Path.Combine(packages.Feed, $"{name}.{packages.Version}.snupkg")));
    }

    [Fact]
    public void The_READMEs_of_Helpers_and_of_the_repository_show_the_same_program() =>
        Assert.Contains(Program, File.ReadAllText(Repository.File("docs/packages/Workbook.Helpers.md")));

    [Fact]
    public void A_console_project_learns_the_strength_that_a_closed_form_finds()
    {
        var folder = packages.Folder("console");
        packages.Run(folder, "dotnet", "new", "console", "-n", "mine", "-o", ".", "--no-restore");
        packages.Run(folder, "dotnet", "add", "package", "Workbook.Helpers", "--version", packages.Version);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Program);
        Assert.Equal(BestStrength(), Strength(packages.Run(folder, "dotnet", "run")), 5e-4);
    }

    [Fact]
    public void One_file_is_a_program_too()
    {
        var folder = packages.Folder("file");
        File.WriteAllText(Path.Combine(folder, "mine.cs"),
            $"#:package Workbook.Helpers@{packages.Version}\n#:property PublishAot=false\n{Program}");
        Assert.Equal(BestStrength(), Strength(packages.Run(folder, "dotnet", "run", "mine.cs")), 5e-4);
    }

    [Fact]
    public void A_notebook_anywhere_needs_one_reference()
    {
        using var sandbox = new Sandbox();
        sandbox.Write("a.dib", Notebook(""));
        var info = sandbox.Command("run", "a.dib", "--no-pictures");
        packages.Fresh(info);
        var (exitCode, output, errors) = Sandbox.Finish(System.Diagnostics.Process.Start(info)!);
        Assert.True(exitCode == 0, output + errors);
        Assert.Contains("✓ digits", sandbox.Stream("a", "stdout"));
    }

    /// <summary>Charts of Plotly.NET itself fail there without the package: FSharp.Core 10.1 is not found.</summary>
    [Fact]
    public void On_NET_Interactive_one_reference_brings_the_libraries_and_lets_charts_of_Plotly_NET_load()
    {
        DotNetInteractive.Require();
        using var sandbox = new Sandbox();
        sandbox.Write("a.dib", Notebook("""
            #r "nuget: Plotly.NET.Interactive, 6.0.0"
            #r "nuget: Plotly.NET.CSharp, 0.14.0"
            """, "Plotly.NET.CSharp.Chart.Line<double, double, string>(new[] { 1.0, 2.0 }, new[] { 3.0, 5.0 })"));
        var (exitCode, said) = DotNetInteractive.Run(sandbox, "a.dib", sandbox.At("done.ipynb"), sandbox.Folder, packages.Fresh);
        Assert.True(exitCode == 0, said);
        var cells = NotebookFile.Read(sandbox.At("done.ipynb")).Cells.Where(c => c.Language == "csharp").ToList();
        Assert.Empty(cells.SelectMany(c => c.Outputs).OfType<ErrorOutput>().Select(e => e.Message));
        Assert.Contains("tf.Tensor(561718", Languages.Text(cells[1].Outputs.Last(o => o.Bundle is not null).Bundle!["text/plain"]));
        Assert.Contains("Plotly.newPlot", Languages.Text(cells[2].Outputs.Last(o => o.Bundle is not null).Bundle!["text/html"]));
    }

    /// <summary>
    /// Losses and optimizers by name, and variables found in the private fields of a class of one's own, are what reflection finds.
    /// </summary>
    [Fact]
    public void A_program_that_is_compiled_ahead_of_time_trains_without_a_warning()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The linker of Visual Studio is not looked for.");
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        Assert.SkipUnless(path.Any(p => File.Exists(Path.Combine(p, "clang")) || File.Exists(Path.Combine(p, "gcc"))),
            "A linker (clang or gcc) was not found on the PATH.");
        var folder = packages.Folder("native");
        File.WriteAllText(Path.Combine(folder, "native.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <PublishAot>true</PublishAot>
                <InvariantGlobalization>true</InvariantGlobalization>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <TrimmerSingleWarn>false</TrimmerSingleWarn>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Workbook.Keras" Version="{packages.Version}" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), """
            using Workbook.Keras;
            using Workbook.Tensors;
            using static Workbook.Keras.keras;

            tf.random.set_seed(1);
            var x = tf.random.uniform((64, 1), 1, 3);
            var model = Sequential([Input(1), new Power(), layers.Dense(1, kernel_initializer: "glorot_uniform")]);
            model.compile("adam", "mse", metrics: ["mae"]);
            var before = model.evaluate(x, tf.pow(x, 1.5), verbose: 0);
            model.fit(x, tf.pow(x, 1.5), epochs: 100, verbose: 0);
            var after = model.evaluate(x, tf.pow(x, 1.5), verbose: 0);
            Console.WriteLine($"{model.trainable_variables.Count} variables; better: {after["loss"] < before["loss"] / 2}; rank {x.numpy().Rank}");

            sealed class Power() : Layer("power")
            {
                readonly Variable exponent = tf.Variable(1.0f, name: "exponent");

                public override Tensor call(Tensor inputs, bool training) => tf.pow(inputs, exponent);
            }
            """);
        packages.Run(folder, "dotnet", "publish", "-r", RuntimeInformation.RuntimeIdentifier, "-o", "out");
        Assert.Equal("3 variables; better: True; rank 2", packages.Run(folder, Path.Combine(folder, "out", "native")).Trim());
    }

    /// <summary>A notebook with one reference to the packages, and lines before it.</summary>
    string Notebook(string first, params string[] more) => $"""
        #!csharp

        #i "nuget: {packages.Feed}"
        #r "nuget: Workbook.Interactive, {packages.Version}"
        {first}

        #!csharp

        using Workbook.Helpers;
        using Workbook.Tensors;
        var digits = tf.reduce_sum(DataSets.Digits().X);
        Check.Equal("digits", (long)digits, 561718);
        digits

        {string.Concat(more.Select(m => $"#!csharp\n\n{m}\n"))}
        """;

    static double Strength(string output) => double.Parse(Number().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>
    /// The strength with the smallest loss on the other patients, weights in closed form: (XᵀX/n + λ)⁻¹ Xᵀy/n; by bisection of a
    /// thousandfold range.
    /// </summary>
    static double BestStrength()
    {
        var data = DataSets.Diabetes();
        Tensor x = Scaling.Standardize(data.X), y = tf.expand_dims(Scaling.Standardize(data.y), 1);
        Tensor fit = x[..294], other = x[294..];
        double Loss(double log)
        {
            var s = tf.matmul(fit, fit, transpose_a: true) / 294.0 + Math.Exp(log) * tf.eye(10, dtype: tf.float64);
            var w = tf.linalg.solve(s, tf.matmul(fit, y[..294], transpose_a: true) / 294.0);
            return (double)tf.reduce_mean(tf.square(y[294..] - tf.matmul(other, w)));
        }

        var (low, high) = (Math.Log(1e-3), Math.Log(1));
        for (var i = 0; i < 100; i++)
        {
            var (a, b) = (low + (high - low) / 3, high - (high - low) / 3);
            if (Loss(a) < Loss(b)) high = b;
            else low = a;
        }

        return Math.Exp(low);
    }

    [GeneratedRegex("```csharp\n(using Workbook.Helpers;.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"L2 strength (\d\.\d+)\.")]
    private static partial Regex Number();
}
