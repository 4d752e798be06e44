using System.Reflection;
using Workbook.Tensors.Autodiff;
using Xunit;
using Xunit.v3;

[assembly: Workbook.Tests.Tensors.NoTapeLeft]

namespace Workbook.Tests.Tensors;

/// <summary>Fails a test that leaves a tape open: tests that come later on the same thread would be recorded.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
sealed class NoTapeLeftAttribute : BeforeAfterTestAttribute
{
    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        var left = TapeSet.Innermost;
        TapeSet.Innermost = null;
        Assert.True(left is null, "The test left a tape open on its thread. Write: using var tape = tf.GradientTape();");
    }
}
