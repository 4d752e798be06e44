using Xunit;

namespace Workbook.Tests;

/// <summary>Tests beside which no other runs: they measure the process, or wait for what others would delay.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public class Alone;
