using Workbook.Tests.Tensors.Backends;
using Workbook.Tests.Tensors.Ops;
using Workbook.Tests.Tensors.TensorFlow;
using Xunit;

namespace Workbook.Tests.TensorFlow;

/// <summary>What holds for the embedded engine holds for TensorFlow behind the same ops: the op table and every case that was measured.</summary>
public class EngineAgreementTests
{
    public static IEnumerable<TheoryDataRow<string>> Cases => TensorFlowTests.Cases;

    public static IEnumerable<TheoryDataRow<string>> Tape => TensorFlowTests.Tape;

    public static IEnumerable<TheoryDataRow<string>> DTypes => TensorFlowTests.DTypes;

    public static TheoryData<string> Ops => OpTableTests.Ops;

    [Theory(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    [MemberData(nameof(Cases))]
    public void An_op_gives_the_values_gradients_and_errors_that_were_measured(string id)
    {
        using (InstalledTensorFlow.Use()) new TensorFlowTests().An_op_gives_the_values_gradients_and_errors_of_TensorFlow(id);
    }

    [Theory(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    [MemberData(nameof(Tape))]
    public void A_tape_answers_as_it_was_measured(string id)
    {
        using (InstalledTensorFlow.Use()) new TensorFlowTests().A_tape_answers_as_in_TensorFlow(id);
    }

    [Theory(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    [MemberData(nameof(DTypes))]
    public void Dtypes_meet_as_it_was_measured(string id)
    {
        using (InstalledTensorFlow.Use()) new TensorFlowTests().Dtypes_meet_as_in_TensorFlow(id);
    }

    [Theory(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    [MemberData(nameof(Ops))]
    public void Gradients_agree_with_central_differences(string op)
    {
        using (InstalledTensorFlow.Use()) new OpTableTests().First_and_second_gradients_agree_with_central_differences(op);
    }
}
