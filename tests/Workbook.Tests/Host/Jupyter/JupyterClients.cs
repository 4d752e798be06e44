using System.Collections.Concurrent;
using System.Diagnostics;
using Workbook.Host.Documents;
using Workbook.Host.Jupyter;
using Xunit;

namespace Workbook.Tests.Host.Jupyter;

/// <summary>
/// The programs that people run notebooks with. They are a yardstick and no dependency: a test whose program is not there is skipped and
/// names it;
/// in CI none may be absent.
/// </summary>
static class JupyterClients
{
    /// <summary>
    /// The variable that names a launcher of them: <c>launcher nbconvert …</c>; without it they are looked for on the PATH.
    /// </summary>
    public const string Variable = "WORKBOOK_JUPYTER";

    /// <summary>The variable that makes an absent client a failure when it is <c>all</c>, as in CI, where none may be absent.</summary>
    public const string Demand = "WORKBOOK_JUPYTER_TESTS";

    /// <summary>The kernel's name in these tests. Notebooks name it, and papermill goes by it.</summary>
    public const string Kernel = ".net-csharp";

    static readonly ConcurrentDictionary<string, bool> Found = [];

    /// <summary>Skips the calling test where a client is absent.</summary>
    public static void Require(string client)
    {
        var isThere = Found.GetOrAdd(client, c =>
        {
            try
            {
                using var sandbox = new Sandbox();
                return Sandbox.Finish(
                    Process.Start(
                        Command(sandbox, c, c == "python" ? ["-c", "import jupyter_kernel_test"] : ["--version"]))!).ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        });
        var missing = $"{(client == "python" ? "jupyter_kernel_test" : client)} was found neither through {Variable} nor on the PATH.";
        if (Environment.GetEnvironmentVariable(Demand) == "all") Assert.True(isThere, $"{missing} {Demand}=all demands it.");
        Assert.SkipUnless(isThere, missing);
    }

    /// <summary>How a client is started in the sandbox, where this kernel is installed.</summary>
    public static ProcessStartInfo Command(Sandbox sandbox, string client, params string[] arguments)
    {
        var data = sandbox.At("jupyter-data");
        var launcher = Environment.GetEnvironmentVariable(Variable);
        string[] command = (launcher, client) switch
        {
            ({ Length: > 0 }, _) => [launcher, client],
            (_, "python") => ["python3"],
            (_, "papermill") => ["papermill"],
            _ => ["jupyter", client],
        };
        var info = sandbox.Command();
        info.FileName = command[0];
        info.ArgumentList.Clear();
        foreach (var argument in command.Skip(1).Concat(arguments)) info.ArgumentList.Add(argument);
        info.Environment["JUPYTER_DATA_DIR"] = data;
        return info;
    }

    /// <summary>Installs this kernel for the clients of the sandbox.</summary>
    public static void Install(Sandbox sandbox)
    {
        var info = sandbox.Command("jupyter", "install");
        info.Environment["JUPYTER_DATA_DIR"] = sandbox.At("jupyter-data");
        var (exitCode, _, errors) = Sandbox.Finish(Process.Start(info)!);
        Assert.True(exitCode == 0, errors);
    }

    /// <summary>Runs a client to its end; it must succeed.</summary>
    public static string Run(Sandbox sandbox, string client, params string[] arguments)
    {
        var process = Process.Start(Command(sandbox, client, arguments))!;
        process.StandardInput.Close();
        var (exitCode, output, errors) = Sandbox.Finish(process);
        Assert.True(exitCode == 0, $"{client} ended with {exitCode}:\n{output}\n{errors}");
        return output + errors;
    }

    /// <summary>Writes a notebook for the clients.</summary>
    public static string Write(Sandbox sandbox, string name, NotebookDocument document)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(sandbox.At(name))!);
        File.WriteAllBytes(sandbox.At(name), NotebookFile.Bytes(document, name));
        return sandbox.At(name);
    }
}
