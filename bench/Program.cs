// dotnet run --project bench -c Release                            our own table
// dotnet run --project bench -c Release -- learned                 what a learned variable costs
// dotnet run --project bench -c Release -- doctor                  what the doctor's checks cost, in training steps
// dotnet run --project bench -c Release -- study NAME              a table of many seeds for a notebook; data/README.md names them
// dotnet run --project bench -c Release -- bare NOTEBOOK           the least that runs a notebook, for bench/runner.sh
// dotnet run --project bench -c Release -- peers NAME=COMMAND …    side by side with others; docs/performance.md names them
// dotnet run --project bench -c Release -- layers NAME=COMMAND …   nets of convolutions and recurrent layers, side by side
// dotnet run --project bench -c Release -- tensorflow [COMMAND]    TensorFlow as a backend; docs/tensorflow.md has the command of the peer
using Workbook.Benchmarks;

if (args is ["peers", .. var commands]) Peers.Run(commands);
else if (args is ["layers", .. var others]) Peers.Run(others, all: LayerNets.All());
else if (args is ["tensorflow", .. var python]) Engines.Run(python.Length == 0 ? null : string.Join(" ", python));
else if (args is ["learned"]) Learned.Print();
else if (args is ["doctor"]) Doctors.Print();
else if (args is ["study", var study]) return Studies.Run(study);
else if (args is ["bare", var notebook]) await Bare.RunAsync(notebook);
else if (args is []) Table.Print();
else
{
    Console.Error.WriteLine(
        $"Expected no argument, learned, doctor, study NAME, bare NOTEBOOK, peers or layers NAME=COMMAND …, or tensorflow [COMMAND]. "
            + $"Received: {string.Join(" ", args)}.");
    return 2;
}
return 0;
