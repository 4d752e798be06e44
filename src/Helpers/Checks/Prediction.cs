using static Workbook.Helpers.Numbers;

namespace Workbook.Helpers;

/// <summary>
/// What the reader expects before a cell runs, and the comparison with what happened. A wrong prediction fails nothing: it teaches.
/// </summary>
public sealed class Prediction
{
    readonly string question;
    readonly string? choice;
    readonly double number;

    Prediction(string question, string? choice, double number)
    {
        this.question = question;
        this.choice = choice;
        this.number = number;
    }

    /// <summary>One of several answers, such as "b".</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="choice">The reader's answer.</param>
    public static Prediction Of(string question, string choice) => new(question, choice, double.NaN);

    /// <summary>A number.</summary>
    /// <param name="question">What is asked, with the unit.</param>
    /// <param name="number">The reader's answer.</param>
    public static Prediction Of(string question, double number) => new(question, null, number);

    /// <summary>Prints the reader's choice beside the right one.</summary>
    /// <param name="result">The right choice.</param>
    /// <param name="because">Why, in a few words.</param>
    /// <exception cref="InvalidOperationException">The prediction was a number.</exception>
    public void Compare(string result, string because)
    {
        if (choice is null) throw new InvalidOperationException($"{question}: expected a number to compare with. Received: '{result}'.");
        var right = string.Equals(choice.Trim(), result, StringComparison.OrdinalIgnoreCase);
        Console.WriteLine(
            $"{question} You said {choice}, it is {result}. {(right ? "You were right:" : "A surprise is worth remembering:")}\n{because}");
    }

    /// <summary>Prints the reader's number beside the right one.</summary>
    /// <param name="result">The right number.</param>
    /// <param name="because">Why, in a few words.</param>
    /// <exception cref="InvalidOperationException">The prediction was a choice.</exception>
    public void Compare(double result, string because)
    {
        if (choice is not null)
            throw new InvalidOperationException($"{question}: expected a choice to compare with. Received: {Show(result)}.");
        Console.WriteLine($"{question} You said {Show(number, 4)}, it is {Show(result, 4)}:\n{because}");
    }
}
