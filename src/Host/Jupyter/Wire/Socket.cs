namespace Workbook.Host.Jupyter.Wire;

/// <summary>The sockets over which signed messages go.</summary>
enum Socket
{
    /// <summary>Requests that are answered one after the other.</summary>
    Shell,

    /// <summary>Requests that must not wait for a running cell.</summary>
    Control,

    /// <summary>What the kernel asks of the front end.</summary>
    Stdin,

    /// <summary>Outputs and states, for every front end that listens.</summary>
    Iopub,
}
