using Xunit;

namespace Workbook.Tests.Host.Jupyter;

/// <summary>One kernel for all tests of a class, which leave it as they found it.</summary>
public sealed class KernelFixture : IAsyncLifetime
{
    readonly Sandbox sandbox = new();

    internal KernelClient Client { get; private set; } = null!;

    internal Sandbox Sandbox => sandbox;

    public async ValueTask InitializeAsync() => Client = await KernelClient.StartAsync(sandbox);

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        sandbox.Dispose();
    }
}
