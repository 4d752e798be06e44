using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors.LinearAlgebra;

/// <summary>einsum and tensordot against explicit loops over every index. Elements are small whole numbers, so sums are exact.</summary>
public class EinsumTests
{
    [Theory]
    [InlineData("ij,jk->ik")]
    [InlineData("ij,kj->ik")]
    [InlineData("ji,jk->ki")]
    [InlineData("bhqd,bhkd->bhqk")]
    [InlineData("qbhd,kbhd->bhqk")]
    [InlineData("ii->i")]
    [InlineData("iij,jki->k")]
    [InlineData("iii->")]
    [InlineData("i,j,k->kij")]
    [InlineData("bi,ij,bj->b")]
    [InlineData("a,a,a->a")]
    [InlineData("ab,bc,cd,de->ae")]
    [InlineData("ij , jk -> ik")]
    [InlineData("->")]
    [InlineData(",i->i")]
    [InlineData("aA,Ab->bA")]
    public void A_result_is_the_sum_of_products_over_all_indices(string equation) => Compare(equation, new System.Random(1));

    [Fact]
    public void Equations_made_at_random_agree_with_loops()
    {
        var random = new System.Random(2);
        for (var n = 0; n < 300; n++)
        {
            var terms = Enumerable.Range(0, random.Next(1, 4))
                .Select(_ => string.Concat(Enumerable.Range(0, random.Next(0, 4)).Select(_ => "abcd"[random.Next(4)]))).ToArray();
            var letters = string.Concat(terms).Distinct().ToArray();
            random.Shuffle(letters);
            Compare($"{string.Join(',', terms)}->{new string(letters[..random.Next(letters.Length + 1)])}", random);
        }
    }

    [Theory]
    [InlineData("ij,jk", "ij,jk->ik")]
    [InlineData("ba", "ba->ab")]
    [InlineData("bbca", "bbca->ac")]
    [InlineData("ii", "ii->")]
    public void Without_an_arrow_the_result_has_what_occurs_once_in_alphabetical_order(string without, string with)
    {
        var xs = Tensors(with, new System.Random(3));
        Arrays.Near(tf.einsum(with, xs), tf.einsum(without, xs), 0);
    }

    [Theory]
    [InlineData("...ij,...jk->...ik", "cij,bcjk->bcik", new[] { 3, 2, 4 }, new[] { 5, 3, 4, 2 })]
    [InlineData("...ij,jk", "bcij,jk->bcik", new[] { 5, 3, 2, 4 }, new[] { 4, 2 })]
    [InlineData("i...,i...->...", "ibc,ibc->bc", new[] { 2, 5, 3 }, new[] { 2, 5, 3 })]
    [InlineData("...,...i->i...", "bc,bci->ibc", new[] { 5, 3 }, new[] { 5, 3, 2 })]
    [InlineData("...->...", "bc->bc", new[] { 5, 3 }, null)]
    public void Dots_stand_for_further_axes_which_match_from_the_last(string dots, string letters, int[] a, int[]? b)
    {
        Operand[] xs = b is null ? [Whole(a, new(4))] : [Whole(a, new(4)), Whole(b, new(5))];
        Arrays.Near(tf.einsum(letters, xs), tf.einsum(dots, xs), 0);
    }

    [Fact]
    public void Axes_under_dots_broadcast()
    {
        Tensor a = Whole([1, 3, 2], new(6)), b = Whole([4, 1, 2], new(7));
        Arrays.Near(tf.reduce_sum(a * b, -1), tf.einsum("...i,...i->...", a, b), 0);
        Arrays.Near(a * b, tf.einsum("...,...->...", a, b), 0);
    }

    [Theory]
    [InlineData("ij,jk->ik", "one length for 'j', not 3 and 2")]
    [InlineData("ij->ij", "1 tensors")]
    [InlineData("ijk,jk->ik", "as many letters in 'ijk' as its tensor has axes")]
    [InlineData("i,jk->ik", "as many letters in 'i' as its tensor has axes")]
    [InlineData("ij,kl->im", "'m' of the result in an operand too")]
    [InlineData("ij,kl->ii", "each letter at most once in the result")]
    [InlineData("ij,kl->ik->i", "at most one '->'")]
    [InlineData("ij,k1->ik", "letters and at most one '...' in 'k1'")]
    [InlineData("...j,...k->jk", "'...' in the result, since an operand has it")]
    [InlineData("...,...", "one length for each axis of '...', not 3 and 2")]
    public void An_equation_that_does_not_fit_is_named_with_the_shapes(string equation, string expected)
    {
        var error = Assert.Throws<ShapeException>(() => tf.einsum(equation, tf.zeros((2, 3)), tf.zeros((2, 2))));
        Assert.Equal($"einsum '{equation}': expected {expected}. Received: (2, 3) and (2, 2).", error.Message);
    }

    [Fact]
    [Trait("speed", "slow")]
    public void Tensordot_sums_over_the_last_axes_of_one_and_the_first_of_the_other()
    {
        Tensor a = Whole([2, 3, 4], new(8)), b = Whole([3, 4, 2], new(9));
        Arrays.Near(tf.einsum("iab,abj->ij", a, b), tf.tensordot(a, b, 2), 0);
        Arrays.Near(tf.einsum("iab,cdj->iabcdj", a, b), tf.tensordot(a, b, 0), 0);
        Arrays.Near(tf.einsum("iab,bci->ac", a, tf.transpose(b, [1, 0, 2])), tf.tensordot(a, tf.transpose(b, [1, 0, 2]), [[-1, 0], [0, 2]]),
            0);
    }

    [Fact]
    public void Tensordot_names_axes_that_do_not_fit()
    {
        Tensor a = tf.zeros((2, 3)), b = tf.zeros((2, 3));
        Assert.Contains("axis 1 of (2, 3) and axis 0 of (2, 3). Received: 3 and 2",
            Assert.Throws<ShapeException>(() => tf.tensordot(a, b, 1)).Message);
        Assert.Throws<ShapeException>(() => tf.tensordot(a, b, 3));
        Assert.Throws<ShapeException>(() => tf.tensordot(a, b, [[0], [0, 1]]));
        Assert.Throws<ShapeException>(() => tf.tensordot(a, b, [[0, 0], [0, 0]]));
    }

    static void Compare(string equation, System.Random random)
    {
        var xs = Tensors(equation, random);
        Arrays.Near(Loops(equation.Replace(" ", ""), xs), tf.einsum(equation, xs), 0);
    }

    static int Length(char letter) => 2 + letter % 3;

    static Tensor[] Tensors(string equation, System.Random random) =>
        [.. equation.Replace(" ", "").Split("->")[0].Split(',').Select(t => Whole([.. t.Select(Length)], random))];

    static Tensor Whole(int[] shape, System.Random random) =>
        Tensor.FromSpan<double>(Enumerable.Range(0, new Shape(shape).Size).Select(_ => (double)random.Next(-3, 4)).ToArray(), shape);

    /// <summary>Every assignment of positions to letters adds one product to one element.</summary>
    static Tensor Loops(string equation, Tensor[] xs)
    {
        var sides = equation.Split("->");
        var terms = sides[0].Split(',');
        var letters = string.Concat(terms).Distinct().ToArray();
        var all = new Shape([.. letters.Select(Length)]);
        var to = new Shape([.. sides[1].Select(Length)]);
        var values = xs.Select(x => x.ToArray<double>()).ToArray();
        var result = new double[to.Size];
        for (var n = 0; n < all.Size; n++)
        {
            var at = letters.Zip(all.Strides(), all).ToDictionary(p => p.First, p => n / p.Second % p.Third);
            int Position(string term) => term.Aggregate(0, (sum, letter) => sum * Length(letter) + at[letter]);
            result[Position(sides[1])] += terms.Select((t, i) => values[i][Position(t)]).Aggregate(1.0, (a, b) => a * b);
        }
        return Tensor.FromSpan<double>(result, to);
    }
}
