using System.Diagnostics;
using System.Runtime.InteropServices;
using Workbook.Host.Jupyter.Wire;
using Workbook.Host.Processes;
using Workbook.Host.Run;

namespace Workbook.Host.Jupyter;

/// <summary>The process that a front end starts as its kernel.</summary>
static class KernelProgram
{
    /// <summary>The variable in which Jupyter tells its kernels which process they belong to.</summary>
    const string ParentVariable = "JPY_PARENT_PID";

    /// <summary>Serves the front end of a connection file until it ends the kernel.</summary>
    /// <param name="connectionFile">The file that the front end has written.</param>
    /// <param name="errors">Takes why it cannot be served.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string connectionFile, TextWriter errors)
    {
        try
        {
            var connection = ConnectionFile.Read(connectionFile);
            foreach (var notice in connection.Notices(connectionFile)) await errors.WriteLineAsync(notice);
            await using var kernel = new Kernel(connection);
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, c =>
            {
                c.Cancel = true;
                _ = kernel.InterruptAsync();
            });
            var ends =
                new[] { PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT }.Select(s => PosixSignalRegistration.Create(s, c =>
            {
                c.Cancel = true;
                kernel.Shutdown();
            })).ToList();
            EndWithParent(kernel);
            var exitCode = await kernel.RunAsync();
            ends.ForEach(e => e.Dispose());
            return exitCode;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(e.Message);
            return ExitCodes.Usage;
        }
    }

    /// <summary>Nobody can reach the kernel of a front end that was killed.</summary>
    static void EndWithParent(Kernel kernel)
    {
        // On Windows the variable holds a handle, which is no process's id. There a kernel without a front end has to be ended by hand.
        if (OperatingSystem.IsWindows() || !int.TryParse(Environment.GetEnvironmentVariable(ParentVariable), out var id)) return;
        try
        {
            var parent = Process.GetProcessById(id);
            _ = parent.WaitForExitAsync().ContinueWith(_ => kernel.Shutdown(), TaskScheduler.Default);
        }
        catch (ArgumentException)
        {
            kernel.Shutdown();
        }
    }
}
