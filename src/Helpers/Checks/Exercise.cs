using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace Workbook.Helpers;

/// <summary>
/// Exercises that answer: a folded cell defines what must hold, the reader's own function is checked by it, and so is the solution.
/// </summary>
/// <remarks>
/// <code>
/// Exercise.Define("01.3", (Func&lt;double, double&gt; crossing) => Check.Equal("t₀ from 0.4", crossing(0.4), 0.1395, within: 1e-4));
/// double CrossingOfL1(double start) => throw new NotImplementedException();   // the reader writes here
/// Exercise.Check("01.3", CrossingOfL1)
/// Exercise.Solution("01.3", (double start) => Math.Log(3.5 / (3.5 - 3 * start)) / 3);
/// </code>
/// The rules are checks of <see cref="Helpers.Check"/>. For the reader's function they print nothing and stand in no table; for the
/// solution they are checks of the notebook.
/// </remarks>
public static class Exercise
{
    static readonly OrderedDictionary<string, Rules> defined = [];

    /// <summary>Says what an exercise asks for.</summary>
    /// <typeparam name="T">What the reader writes: a <see cref="Func{T, TResult}"/>, a number, a text, or texts.</typeparam>
    /// <param name="name">The exercise's name, such as "01.3": notebook and number.</param>
    /// <param name="rules">Checks that must hold for what the reader writes.</param>
    /// <param name="text">Filled in by the compiler.</param>
    /// <exception cref="ArgumentException">The name is blank, or is defined already with other rules.</exception>
    public static void Define<T>(string name, Action<T> rules, [CallerArgumentExpression(nameof(rules))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (string.IsNullOrWhiteSpace(name))
            throw new ArgumentException("Exercise.Define: expected a name such as \"01.3\". Received: a blank one. "
                + "Name the notebook and the number.");
        if (defined.TryGetValue(name, out var before) && before.Text != text)
            throw new ArgumentException($"Exercise.Define: expected a name that is not taken. Received: \"{name}\", which has other rules. "
                + "Name one of the two otherwise; if you have just changed the rules, restart the notebook.");
        defined[name] = new(typeof(T), x => rules((T)x), text);
    }

    /// <summary>Checks what the reader wrote. Show the result: as the cell's last line, or by <c>display</c>.</summary>
    /// <remarks>
    /// A function that still throws <see cref="NotImplementedException"/>, null, an empty text, blank texts and NaN are not written yet.
    /// Whatever else happens in the reader's code is told, and ends nothing.
    /// </remarks>
    /// <typeparam name="T">What the reader wrote; a method needs no more than its name.</typeparam>
    /// <param name="name">The exercise's name.</param>
    /// <param name="yours">What the reader wrote.</param>
    /// <exception cref="KeyNotFoundException">No exercise of the name is defined.</exception>
    /// <exception cref="ArgumentException">The exercise asks for something of another type.</exception>
    public static Verdict Check<T>(string name, T yours)
    {
        var rules = Find(name);
        if (IsBlank(yours)) return Verdict.Open(name);
        var written = rules.Fit(name, yours!);
        var (rows, failure) = Helpers.Check.Try(() => rules.Hold(written));
        return failure is null ? Verdict.Right(name, rows) : IsUnwritten(failure) ? Verdict.Open(name) : Verdict.Wrong(name, rows, failure);
    }

    /// <summary>Checks the solution by the same rules, as checks of the notebook: a failure is an error.</summary>
    /// <typeparam name="T">A function, a number, a text, or texts; a lambda needs types for its parameters.</typeparam>
    /// <param name="name">The exercise's name.</param>
    /// <param name="solution">The solution.</param>
    /// <exception cref="KeyNotFoundException">No exercise of the name is defined.</exception>
    /// <exception cref="CheckException">A rule does not hold, or the rules hold without ever calling the function.</exception>
    public static void Solution<T>(string name, T solution)
    {
        var rules = Find(name);
        ArgumentNullException.ThrowIfNull(solution);
        rules.Hold(rules.Fit(name, solution));
        if (typeof(Delegate).IsAssignableFrom(rules.Asked) && Helpers.Check.Try(() => rules.Hold(Unwritten(rules.Asked))).Failure is null)
            throw new CheckException($"Exercise {name}: expected rules that fail for a function that is not written. "
                + "Received: rules that hold for it. Let them call the function.");
    }

    /// <summary>Forgets all exercises.</summary>
    internal static void Reset() => defined.Clear();

    static Rules Find(string name) => defined.TryGetValue(name, out var rules) ? rules
        : throw new KeyNotFoundException($"Expected an exercise that is defined: {(defined.Count == 0 ? "none is" : string.Join(", ",
            defined.Keys))}. Received: \"{name}\". Run the cell with Exercise.Define(\"{name}\", …) first, or mend the name.");

    static bool IsBlank(object? yours) => yours switch
    {
        null => true,
        double number => double.IsNaN(number),
        string text => string.IsNullOrWhiteSpace(text),
        IEnumerable<string> texts => texts.All(string.IsNullOrWhiteSpace),
        _ => false,
    };

    static bool IsUnwritten(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
            if (failure is NotImplementedException) return true;
        return false;
    }

    /// <summary>A function of the type that throws when it is called.</summary>
    static Delegate Unwritten(Type type)
    {
        var method = type.GetMethod("Invoke")!;
        var throws = Expression.Throw(Expression.New(typeof(NotImplementedException)), method.ReturnType);
        return Expression.Lambda(type, throws, method.GetParameters().Select(p => Expression.Parameter(p.ParameterType))).Compile();
    }

    sealed record Rules(Type Asked, Action<object> Hold, string Text)
    {
        /// <summary>What was written, as the rules take it: a function of the same parameters may be of another delegate.</summary>
        public object Fit(string name, object written)
        {
            if (Asked.IsInstanceOfType(written)) return written;
            if (written is Delegate function && typeof(Delegate).IsAssignableFrom(Asked)
                && Delegate.CreateDelegate(Asked, function.Target, function.Method, throwOnBindFailure: false) is { } same) return same;
            if (written is IConvertible number && Asked.IsPrimitive && written.GetType().IsPrimitive && written is not (bool or char))
                return Convert.ChangeType(number, Asked, System.Globalization.CultureInfo.InvariantCulture);
            throw new ArgumentException($"Exercise {name}: expected {Named(Asked)}. Received: {Named(written.GetType())}. "
                + "Keep the parameters and the type of the result as the exercise gives them.");
        }

        static string Named(Type type)
        {
            if (type.IsArray) return Named(type.GetElementType()!) + "[]";
            if (!type.IsGenericType) return Words.GetValueOrDefault(type, type.Name);
            return $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(Named))}>";
        }

        static readonly Dictionary<Type, string> Words = new()
        {
            [typeof(double)] = "double",
            [typeof(float)] = "float",
            [typeof(int)] = "int",
            [typeof(long)] = "long",
            [typeof(bool)] = "bool",
            [typeof(string)] = "string",
            [typeof(object)] = "object",
        };
    }
}
