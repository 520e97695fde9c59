using System.Text.Json.Serialization;

namespace TinT.Evaluation.Tokenizers.Files;

/// <summary>How a text is written in JSON, for paths in messages.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class PlainText : JsonSerializerContext;
