using System.Reflection;
using System.Runtime.Loader;

namespace Workbook.Interactive;

/// <summary>One FSharp.Core for all: a request for a version that is not there gets the host's own.</summary>
static class FSharpCore
{
    const string Name = "FSharp.Core";

    /// <summary>Answers requests that the runtime could not.</summary>
    public static void Settle() => AppDomain.CurrentDomain.AssemblyResolve += (_, missing) =>
        new AssemblyName(missing.Name).Name == Name ? AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName(Name)) : null;
}
