using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors;

public class VariableTests
{
    [Fact]
    public void A_tensor_read_earlier_keeps_its_value()
    {
        var v = tf.Variable(2.0);
        var before = v.value();
        v.assign(5.0);
        Assert.Equal([2, 5], [(double)before, (double)v]);
    }

    [Fact]
    public void Assignments_add_and_subtract()
    {
        var v = tf.Variable(new[] { 1f, 2f });
        Assert.Same(v, v.assign_add(1));
        v.assign_sub(new[] { 0.5f, 1f });
        Arrays.Same(v.value(), 2, 1.5f, 2f);
    }

    [Fact]
    public void A_variable_does_not_change_with_the_array_it_came_from()
    {
        double[] start = [1, 2];
        var v = tf.Variable(start);
        start[0] = 9;
        Arrays.Same(v.value(), 2, 1.0, 2.0);
    }

    [Fact]
    public void An_open_scope_notes_each_variable_read_once_in_order()
    {
        Variable a = tf.Variable(1.0, name: "a"), b = tf.Variable(1.0, trainable: false, name: "b");
        using var reads = new VariableReads();
        _ = b * a + b;
        using (var inner = new VariableReads())
        {
            _ = a + 1;
            Assert.Equal([a], inner.Variables);
        }
        Assert.Equal([b, a], reads.Variables);
    }
}
