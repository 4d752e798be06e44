using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Studies;

public class SkipScalarsTests
{
    [Fact]
    [Trait("speed", "slow")]
    public void A_seed_run_now_is_its_row_of_the_stored_table()
    {
        // Elsewhere sums are added in another order, and 200 steps make that a few digits of 1497; seeds differ by more.
        foreach (var (name, number) in SkipScalars.Run(7, ["root", "learned"], SkipScalars.Depths))
            Assert.Equal(Study.Stored("skip-scalars").Of(7, name), number, 0.03);
    }

    [Fact]
    public void Twenty_four_seeds_are_stored_and_each_is_an_accuracy_on_1497_digits()
    {
        var stored = Study.Stored("skip-scalars");
        Assert.Equal(Enumerable.Range(1, 24), stored.Seeds);
        foreach (var column in SkipScalars.Depths.SelectMany(d => SkipScalars.Ways.Append("levelled").Select(w => $"{w}, {d}")))
            Assert.All(stored[column], a => Assert.Equal(Math.Round(a * 1497), a * 1497, 1e-4));
    }

    [Fact]
    public void With_numbers_of_zero_the_blocks_change_nothing()
    {
        Variable[] Zeros(int blocks) => [.. Enumerable.Range(0, blocks).Select(i => tf.Variable(0.0, name: $"alpha_{i}"))];
        var x = tf.random.normal((3, 64), seed: 5);
        var (shallow, deep) = (SkipScalars.Network(1, Zeros(2)), SkipScalars.Network(1, Zeros(12)));
        // The same first and last kernels: what lies between is the identity.
        var from = shallow.get_weights();
        deep.set_weights([.. from.Take(2), .. deep.get_weights().Skip(2).SkipLast(2), .. from.TakeLast(2)]);
        Assert.Equal(shallow.call([x], training: false)[0].ToArray<float>(), deep.call([x], training: false)[0].ToArray<float>());
    }

    [Fact]
    public void A_way_that_is_not_known_is_refused() =>
        Assert.Contains("its end after learned", Assert.Throws<ArgumentException>(() => SkipScalars.Run(1, ["its end"], [2])).Message);
}
