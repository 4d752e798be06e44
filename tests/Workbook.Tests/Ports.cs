using System.Net;
using System.Net.Sockets;

namespace Workbook.Tests;

/// <summary>
/// Ports for those who must be told a number before they listen. They lie below those that systems give to whoever connects, and none is
/// given twice, so that nothing takes one between its choice and its use.
/// </summary>
static class Ports
{
    const int First = 10_000, Count = 20_000;

    static int next = Environment.ProcessId * 97 % Count;

    public static int Take()
    {
        while (true)
        {
            var port = First + Interlocked.Increment(ref next) % Count;
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Another program's.
            }
        }
    }
}
