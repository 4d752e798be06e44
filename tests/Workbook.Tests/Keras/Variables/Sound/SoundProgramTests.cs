using Workbook.Tensors;
using Workbook.Tests.Keras.Training;
using Xunit;

namespace Workbook.Tests.Keras.Variables.Sound;

/// <summary>Programs with which nothing is wrong print nothing.</summary>
public class SoundProgramTests
{
    static readonly Dictionary<string, Action> rows =
        new[] { Fits.Rows, Steps.Rows, Loops.Rows, Standing.Rows, Resting.Rows }.SelectMany(r => r).ToDictionary();

    public static TheoryData<string> Programs => [.. rows.Keys];

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_sound_program_prints_no_warning(string program)
    {
        tf.random.set_seed(5);
        Assert.Equal("", ErrorStream.Anew(rows[program]));
    }
}
