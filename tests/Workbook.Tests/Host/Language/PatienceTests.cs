using Workbook.Host.Language;
using Xunit;

namespace Workbook.Tests.Host.Language;

public class PatienceTests
{
    readonly Patience patience = new(most: 2);

    [Fact]
    public async Task Questions_are_answered_until_two_have_no_end_and_again_when_one_of_them_has()
    {
        var (first, second) = (new TaskCompletionSource<int>(), new TaskCompletionSource<int>());
        Assert.Contains("without coming to an end", await RefusedAsync(first.Task));
        Assert.Equal(7, await AnswerAsync());
        Assert.Contains("without coming to an end", await RefusedAsync(second.Task));
        Assert.Contains("earlier texts", (await Assert.ThrowsAsync<LanguageException>(AnswerAsync)).Message);
        first.SetResult(1);
        // The first has ended; its task hears of it a moment later.
        while (true)
        {
            try
            {
                Assert.Equal(7, await AnswerAsync());
                break;
            }
            catch (LanguageException)
            {
                await Task.Yield();
            }
        }
    }

    Task<int> AnswerAsync()
    {
        patience.Limit = TimeSpan.MaxValue;
        return patience.WaitAsync(_ => Task.FromResult(7));
    }

    async Task<string> RefusedAsync(Task<int> endless)
    {
        patience.Limit = TimeSpan.Zero;
        return (await Assert.ThrowsAsync<LanguageException>(() => patience.WaitAsync(_ => endless))).Message;
    }
}
