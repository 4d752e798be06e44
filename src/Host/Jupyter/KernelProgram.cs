using System.Diagnostics;
using System.Runtime.InteropServices;
using NetMQ;
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
            await using var kernel = new Kernel(ConnectionFile.Read(connectionFile));
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, c =>
            {
                c.Cancel = true;
                _ = kernel.InterruptAsync();
            });
            using var end = PosixSignalRegistration.Create(PosixSignal.SIGTERM, c =>
            {
                c.Cancel = true;
                kernel.Shutdown();
            });
            EndWithParent(kernel);
            return await kernel.RunAsync();
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException or NetMQException)
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
