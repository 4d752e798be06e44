using System.Runtime.InteropServices;

namespace Workbook.Tensors.TensorFlow.Loading;

/// <summary>Environment variables as native code sees them: on Unix .NET keeps its own copy, which a library does not read.</summary>
static partial class NativeEnvironment
{
    /// <summary>Sets a variable that the user has not set.</summary>
    public static void Suggest(string name, string value)
    {
        if (Environment.GetEnvironmentVariable(name) is not null) return;
        Environment.SetEnvironmentVariable(name, value);
        if (!OperatingSystem.IsWindows()) _ = SetOnUnix(name, value, 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetOnUnix(string name, string value, int overwrite);
}
