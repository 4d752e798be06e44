using Workbook.Host.Documents;
using Workbook.Host.Workers.Outside;
using Workbook.Host.Workers.Pipe;

namespace Workbook.Tests.Host.Sessions;

/// <summary>Hears what the cells of a worker put out, and gives them no input.</summary>
sealed class OutputListener : IWorkerListener
{
    readonly Lock gate = new();

    readonly List<CellOutput> outputs = [];

    TaskCompletionSource spoke = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when a cell has written something since <see cref="Clear"/>.</summary>
    public Task Spoke => spoke.Task;

    /// <summary>What was written to the standard output since <see cref="Clear"/>.</summary>
    public string Written
    {
        get
        {
            lock (gate) return string.Concat(outputs.OfType<StreamOutput>().Where(o => o.Name == "stdout").Select(o => o.Text));
        }
    }

    /// <summary>The value of the last cell as text since <see cref="Clear"/>; null when there is none.</summary>
    public string? Value
    {
        get
        {
            lock (gate) return outputs.OfType<ResultOutput>().Select(o => Languages.Text(o.Data["text/plain"])).LastOrDefault();
        }
    }

    /// <summary>Forgets what was heard.</summary>
    public void Clear()
    {
        lock (gate) outputs.Clear();
        spoke = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    void IWorkerListener.Put(int id, CellOutput output)
    {
        lock (gate) outputs.Add(output);
        if (output is StreamOutput) spoke.TrySetResult();
    }

    void IWorkerListener.Replace(string displayId, MimeBundle data)
    {
    }

    void IWorkerListener.Clear(int id, bool wait)
    {
    }

    Task<InputGiven> IWorkerListener.AskAsync(int id, string prompt, bool isPassword) => Task.FromResult(new InputGiven(null, null));
}
