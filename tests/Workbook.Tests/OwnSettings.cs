using System.Runtime.CompilerServices;
using Workbook.Tensors;

namespace Workbook.Tests;

/// <summary>Tests run side by side: each thread has its own seed, element type and layer names.</summary>
static class OwnSettings
{
    [ModuleInitializer]
    internal static void PerThread() => Setting.IsPerThread = true;
}
