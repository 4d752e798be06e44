using System.Reflection;
using System.Runtime.CompilerServices;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit.v3;

[assembly: Workbook.Tests.OwnSettings]

namespace Workbook.Tests;

/// <summary>
/// Tests run side by side, in an order that is different each time: each thread has its own seed, element type and layer names, and each
/// test leaves the seed and the names as a program finds them that has just begun.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class OwnSettingsAttribute : BeforeAfterTestAttribute
{
    [ModuleInitializer]
    internal static void PerThread() => Setting.IsPerThread = true;

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        keras.backend.clear_session();
        tf.random.set_seed(0);
    }
}
