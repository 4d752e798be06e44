using System.IO.Compression;
using System.Text;
using Xunit;

namespace Workbook.Tests.Host.Packages;

/// <summary>A source of packages that knows of a hole in one of them, as nuget.org does.</summary>
[Trait("speed", "slow")]
public sealed class KnownHoleTests : IDisposable
{
    const string Said = "Shelf 2.0.0 has a known hole (high): https://example.test/advisory";

    readonly Sandbox sandbox = new();

    readonly SmallServer source;

    public KnownHoleTests() => source = new(Body);

    public void Dispose()
    {
        source.Dispose();
        sandbox.Dispose();
    }

    byte[]? Body(string path) => path switch
    {
        "/index.json" => Json($$"""
            {"version":"3.0.0","resources":[
              {"@id":"{{source.Address}}/flat/","@type":"PackageBaseAddress/3.0.0"},
              {"@id":"{{source.Address}}/holes.json","@type":"VulnerabilityInfo/6.7.0"}]}
            """),
        "/holes.json" => Json($$"""[{"@name":"base","@id":"{{source.Address}}/base.json","@updated":"2026-01-01T00:00:00Z"}]"""),
        "/base.json" => Json("""{"shelf":[{"url":"https://example.test/advisory","severity":2,"versions":"(, 3.0.0)"}]}"""),
        "/flat/shelf/index.json" => Json("""{"versions":["2.0.0","3.0.0"]}"""),
        "/flat/shelf/2.0.0/shelf.2.0.0.nupkg" => Package("2.0.0"),
        "/flat/shelf/3.0.0/shelf.3.0.0.nupkg" => Package("3.0.0"),
        _ => null,
    };

    static byte[] Json(string text) => Encoding.UTF8.GetBytes(text);

    static byte[] Package(string version)
    {
        using var bytes = new MemoryStream();
        using (var package = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        using (var writer = new StreamWriter(package.CreateEntry("Shelf.nuspec").Open()))
            writer.Write($"<package><metadata><id>Shelf</id><version>{version}</version><authors>a</authors><description>d</description>"
                + "</metadata></package>");
        return bytes.ToArray();
    }

    [Theory]
    [InlineData("2.0.0", true)]
    [InlineData("3.0.0", false)]
    public void A_known_hole_of_a_package_is_said_by_the_run_and_by_the_cell_and_refuses_nothing(string version, bool isSaid)
    {
        sandbox.Write("a.dib", $"#!csharp\n#r \"nuget: Shelf, {version}\"\n1\n");
        sandbox.Write("home/.nuget/NuGet/NuGet.Config",
            $"<configuration><packageSources><add key=\"a\" value=\"{source.Address}/index.json\" allowInsecureConnections=\"true\" />"
                + "</packageSources></configuration>");
        var info = sandbox.Command("run", "a.dib", "--no-pictures", "--locked");
        foreach (var (name, folder) in new[] { ("WORKBOOK_PACKAGES", "restored"), ("NUGET_PACKAGES", "cache"), ("HOME", "home"),
            ("DOTNET_CLI_HOME", "home"), ("APPDATA", "home"), ("NUGET_HTTP_CACHE_PATH", "http") })
            info.Environment[name] = sandbox.At(folder);
        var (exitCode, output, errors) = Sandbox.Finish(System.Diagnostics.Process.Start(info)!);
        Assert.True(exitCode == 0, output + errors);
        Assert.Equal(isSaid, errors.Contains(Said, StringComparison.Ordinal));
        Assert.Equal(isSaid ? Said + "\n" : "", sandbox.Stream("a", "stderr"));
    }
}
