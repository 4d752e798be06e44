using System.Text.Json.Serialization;

namespace Workbook.Host.Workers.Pipe;

/// <summary>The JSON form of the messages, generated at build time because reflection would cost each worker's start.</summary>
[JsonSourceGenerationOptions(MaxDepth = 512)]
[JsonSerializable(typeof(WorkerMessage))]
sealed partial class MessageJson : JsonSerializerContext;
