using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;
using Workbook.Host.Display;
using Workbook.Host.Language;
using Workbook.Host.Processes;
using Workbook.Host.Sessions;
using Workbook.Host.Workers.Pipe;

namespace Workbook.Host.Workers.Inside;

/// <summary>The worker's side: a process that runs the cells of one notebook and nothing else.</summary>
static class Worker
{
    /// <summary>The internal verb by which a host starts its worker.</summary>
    public const string Verb = "__worker";

    /// <summary>Cells may nest deeper than the default megabyte and a half allows, as in a program's main thread.</summary>
    const int StackSize = 16 << 20;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Serves the host behind the pipe until it says that there is no more.</summary>
    public static int Run(string pipeName)
    {
        ProcessFamily.Found();

        // What becomes of the cell is the host's decision. Ctrl+C at a terminal comes here only on Windows; elsewhere the worker has left
        // the terminal's group.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, c => c.Cancel = true);
        using var pipe = new NamedPipeClientStream(".", pipeName, PipeDirection.InOut,
            PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        try
        {
            // The host listens before it starts its worker; a host that does not is gone.
            pipe.Connect(Patience);
        }
        catch (Exception e) when (e is TimeoutException or IOException or UnauthorizedAccessException)
        {
            return 0;
        }

        var channel = new MessageChannel(pipe);
        if (channel.Receive() is not StartSession start) return 0;
        var cells = new BlockingCollection<RunningCell>();
        var questions = Channel.CreateUnbounded<AskLanguage>();
        new Thread(() => Receive(channel, cells, questions.Writer)) { Name = "messages", IsBackground = true }.Start();
        var session = Open(start);
        var spare = new SpareMemory();
        _ = Task.Run(() => AnswerAsync(channel, questions.Reader, session, start.Folder, spare));
        channel.Send(new SessionReady());
        while (!cells.IsCompleted)
        {
            // A thread can be aborted once: the second abort does not reach it. So an interrupted cell is the last one of its thread.
            var mark = Encoding.UTF8.GetBytes(start.Mark);
            var thread = new Thread(() => RunUntilInterrupted(channel, session, cells, mark, spare), StackSize) { Name = "cells" };
            thread.Start();
            thread.Join();
        }

        // Finalizers are what reports tasks that failed unobserved.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        ProcessFamily.EndChildren();
        return 0;
    }

    /// <summary>
    /// Takes messages on a thread of its own: a cell may hold all those of the pool, and the end of the host is still to be noticed.
    /// </summary>
    static void Receive(MessageChannel channel, BlockingCollection<RunningCell> cells, ChannelWriter<AskLanguage> questions)
    {
        RunningCell? latest = null;
        while (channel.Receive() is { } message)
        {
            switch (message)
            {
                case ExecuteCell m: cells.Add(latest = new RunningCell(m, channel)); break;
                case InterruptCell m when m.Id == latest?.Id: latest.Interrupt(); break;
                case InputGiven m: latest?.Give(m); break;
                case AskLanguage m: questions.TryWrite(m); break;
                case EndSession: cells.CompleteAdding(); break;
            }
        }

        // The host is gone. Nothing that the cells may still do is of use to anyone, so nothing may hold this process back, nor what they
        // started.
        ProcessFamily.EndOwn();
    }

    static CSharpSession Open(StartSession start)
    {
        Environment.CurrentDirectory = start.Folder;
        SessionConsole.Install();
        TaskScheduler.UnobservedTaskException += (_, e) =>
        {
            if (!InterruptedErrors.Explain(e.Exception))
                Console.Error.WriteLine($"A task that nothing awaited failed: {Safely.Full(e.Exception.InnerException ?? e.Exception)}");
        };
        var session = new CSharpSession(start.Packages);
        session.WarmAsync().GetAwaiter().GetResult();
        return session;
    }

    static void RunUntilInterrupted(MessageChannel channel, CSharpSession session, BlockingCollection<RunningCell> cells, byte[] mark,
        SpareMemory spare)
    {
        foreach (var cell in cells.GetConsumingEnumerable())
        {
            spare.BeforeCell();
            // What an earlier cell has put in the console's place takes the checks of this one away.
            SessionConsole.Install();
            var watch = Stopwatch.StartNew();
            var failure = cell.Run(session);
            SessionConsole.Finish();
            var elapsed = watch.Elapsed.TotalMilliseconds;
            Mark(Console.OpenStandardOutput(), mark);
            Mark(Console.OpenStandardError(), mark);
            channel.Send(new CellFinished(cell.Id, failure?.Place, failure?.Types, elapsed, PeakMemory()));
            spare.AfterCell();
            if (!cell.WasInterrupted) continue;

            // The abort may have left the console's own lock in the hands of this thread.
            SessionConsole.Install();
            return;
        }
    }

    static async Task AnswerAsync(MessageChannel channel, ChannelReader<AskLanguage> questions, CSharpSession session, string folder,
        SpareMemory spare)
    {
        var service = new LanguageService(session, folder);
        await foreach (var (id, question) in questions.ReadAllAsync())
        {
            LanguageAnswered answer;
            try
            {
                answer = new LanguageAnswered(id, await service.AnswerAsync(question), null);
            }
            catch (Exception e)
            {
                // A failure of the compiler's services is the answer to this question and no reason to end the session.
                answer = new LanguageAnswered(id, null, e.ToString());
            }

            channel.Send(answer);
            spare.AfterQuestion();
        }
    }

    static void Mark(Stream raw, byte[] mark)
    {
        raw.Write(mark);
        raw.Flush();
    }

    static long PeakMemory()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }
}
