using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Workbook.Tests.Host.Sessions;

[Trait("speed", "slow")]
public sealed class ReferenceBindingTests : IDisposable
{
    const int Sessions = 4;

    readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public async Task A_type_is_the_same_in_the_next_cell_where_other_sessions_met_its_assembly_at_the_same_time()
    {
        for (var round = 0; round < 25; round++)
        {
            // An assembly that no compilation has met, and that cells reach by way of another: all sessions share what is known of it.
            var outer = Compile($"Outer{round}", "public class Outer { public static Inner Make() => new(); "
                + "public static implicit operator Outer(Inner inner) => new(); }", Compile($"Inner{round}", "public class Inner;"));
            var sessions = Enumerable.Range(0, Sessions).Select(_ => new SessionHarness()).ToList();
            using var start = new Barrier(Sessions);
            await Task.WhenAll(sessions.Select(s => Task.Factory.StartNew(() =>
            {
                start.SignalAndWait();
                return s.PassAsync($"#r \"{outer.Replace('\\', '/')}\"\nvar inner = Outer.Make();");
            }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
            foreach (var session in sessions) await session.PassAsync("Outer outer = inner;");
        }
    }

    string Compile(string name, string code, params string[] uses)
    {
        var path = sandbox.At($"{name}.dll");
        var result = CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(code)],
            [.. uses.Append(typeof(object).Assembly.Location).Select(p => MetadataReference.CreateFromFile(p))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(path);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return path;
    }
}
