using Xunit;

namespace Workbook.Tests.Tensors.TensorFlow;

/// <summary>Every case and snippet that was measured in TensorFlow, one test each.</summary>
public class TensorFlowTests
{
    static readonly Dictionary<string, ReferenceCase> CasesById = ReferenceFile.Read.Cases.ToDictionary(c => c.Id);

    static readonly Dictionary<string, ReferenceSnippet> TapeById = ReferenceFile.Read.Tape.ToDictionary(s => s.Id);

    static readonly Dictionary<string, ReferenceSnippet> DTypeById = ReferenceFile.Read.Dtype.ToDictionary(s => s.Id);

    public static IEnumerable<TheoryDataRow<string>> Cases => CasesById.Keys.Select(Labelled);

    public static IEnumerable<TheoryDataRow<string>> Tape => TapeById.Keys.Select(Labelled);

    public static IEnumerable<TheoryDataRow<string>> DTypes => DTypeById.Keys.Select(Labelled);

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_op_gives_the_values_gradients_and_errors_of_TensorFlow(string id) => Compare(id, () => CaseRunner.Run(CasesById[id]));

    [Theory]
    [MemberData(nameof(Tape))]
    public void A_tape_answers_as_in_TensorFlow(string id) => Compare(id, () => SnippetRunner.Run(TapeById[id], TapeSnippets.All));

    [Theory]
    [MemberData(nameof(DTypes))]
    public void Dtypes_meet_as_in_TensorFlow(string id) => Compare(id, () => SnippetRunner.Run(DTypeById[id], DTypeSnippets.All));

    [Fact]
    public void Every_piece_of_CSharp_belongs_to_a_case()
    {
        Assert.Empty(TapeSnippets.All.Keys.Except(TapeById.Keys));
        Assert.Empty(DTypeSnippets.All.Keys.Except(DTypeById.Keys));
        Assert.Empty(Composites.All.Keys.Except(CasesById.Values.Where(c => c.Op == "composite").Select(c => Composites.Name(c.Id))));
    }

    [Fact]
    public void Every_difference_names_a_case() =>
        Assert.Empty(Differences.Reasons.Keys.Except([.. CasesById.Keys, .. TapeById.Keys, .. DTypeById.Keys]));

    [Fact]
    public void Every_op_whose_numbers_are_corrected_is_explained() =>
        Assert.Equal(CasesById.Values.Where(c => c.Math is not null).Select(c => c.Op).Distinct().Order(),
            Differences.Corrections.Keys.Order());

    /// <summary>When this fails, the text that it expects is the new page.</summary>
    [Fact]
    public void The_page_of_differences_says_what_the_list_says() =>
        Assert.Equal(Differences.Page(), File.ReadAllText(Repository.File("docs/differences.md")), ignoreLineEndingDifferences: true);

    static TheoryDataRow<string> Labelled(string id) => new(id) { Label = id };

    /// <summary>The comparison must hold, or fail where we mean to differ.</summary>
    static void Compare(string id, Action comparison)
    {
        if (!Differences.Reasons.TryGetValue(id, out var reason)) comparison();
        else Assert.True(Record.Exception(comparison) is not null,
            $"'{id}' is listed as a difference ({reason}) but agrees with TensorFlow. Take it off the list.");
    }
}
