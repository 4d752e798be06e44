using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Keras.Variables;

public class DomainTests
{
    [Fact]
    public async Task What_has_left_its_range_is_named_once_in_a_fit_whatever_begins_on_another_thread()
    {
        var (domain, v, said) = (new Domain("rate", 0, 1, false), tf.Variable(2f, name: "v"), 0);
        using (Warnings.Hear(_ => said++ >= 0))
        {
            domain.Watch(v.value(), [v]);
            await Task.Run(Domain.BeginFit, TestContext.Current.CancellationToken);
            domain.Watch(v.value(), [v]);
            Assert.Equal(1, said);
            Domain.BeginFit();
            domain.Watch(v.value(), [v]);
            domain.Watch(v.value(), [v]);
            Assert.Equal(2, said);
        }
    }
}
