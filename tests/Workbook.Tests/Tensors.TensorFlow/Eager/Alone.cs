using Xunit;

namespace Workbook.Tests.TensorFlow.Eager;

/// <summary>Tests beside which no other runs.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public class Alone;
