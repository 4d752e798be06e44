using System.Runtime.ExceptionServices;

namespace Workbook.Host.Processes;

/// <summary>
/// Does work that recurses as deep as a notebook says on a thread with room for it. A stack that overflows would end the process, and with
/// it all other notebooks.
/// </summary>
static class DeepStack
{
    const int Bytes = 64 << 20;

    [ThreadStatic]
    static bool isOnOne;

    /// <summary>Does the work and waits for it. What is done within such work stays on its thread.</summary>
    public static T Run<T>(Func<T> work)
    {
        if (isOnOne) return work();
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            isOnOne = true;
            try
            {
                result = work();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        }, Bytes)
        // Where the command is ended meanwhile, nobody waits for it.
        { IsBackground = true };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }
}
