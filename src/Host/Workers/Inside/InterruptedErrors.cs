using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Workbook.Host.Workers.Inside;

/// <summary>
/// What is thrown on the thread of a cell from its interrupt on. It is part of the cell's end, wherever it turns up later: an abort goes
/// through
/// the async methods of a cell without giving anyone their tasks, so nobody can await them, and the collector reports each as one that
/// nobody has awaited.
/// </summary>
static class InterruptedErrors
{
    static readonly ConditionalWeakTable<Exception, object> Known = [];

    /// <summary>
    /// Notes what the calling thread throws until the result is disposed of, from the moment that the token is cancelled.
    /// </summary>
    public static IDisposable Note(CancellationToken interrupt) => new Notes(interrupt);

    /// <summary>Whether all that a task has failed with belongs to interrupted cells.</summary>
    public static bool Explain(AggregateException failure) =>
        failure.Flatten().InnerExceptions.All(e => e is ThreadAbortException || Known.TryGetValue(e, out _));

    sealed class Notes : IDisposable
    {
        readonly CancellationToken interrupt;

        readonly Thread thread = Thread.CurrentThread;

        public Notes(CancellationToken interrupt)
        {
            this.interrupt = interrupt;
            AppDomain.CurrentDomain.FirstChanceException += Add;
        }

        public void Dispose() => AppDomain.CurrentDomain.FirstChanceException -= Add;

        void Add(object? sender, FirstChanceExceptionEventArgs thrown)
        {
            if (!interrupt.IsCancellationRequested || Thread.CurrentThread != thread) return;
            try
            {
            }
            finally
            {
                // An abort waits for the end of a finally block, so the table stays whole.
                Known.AddOrUpdate(thrown.Exception, thread);
            }
        }
    }
}
