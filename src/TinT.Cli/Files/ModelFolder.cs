using System.IO.Enumeration;

namespace TinT.Cli.Files;

/// <summary>What the files of a model are called in a folder that may hold other files as well.</summary>
internal static class ModelFolder
{
    /// <summary>Names that Hugging Face's libraries and the tools around them give weights, configurations and tokenizers.</summary>
    private static readonly string[] patterns =
    [
        "config.json", "*_config.json", "*.index.json", "*.index.json.*", "*model*.safetensors", "*.bin", "*.pt", "*.pth", "*.ckpt", "*.ckpt.*", "*.h5", "*.msgpack", "*.gguf", "*.onnx",
        "*.model", "vocab.*", "merges.txt", "tokenizer*", "special_tokens_map.json", "added_tokens.json", "README.md", "LICENSE*",
    ];

    /// <summary>Whether a file of a model has such a name.</summary>
    /// <param name="fileName">Name without folders.</param>
    public static bool IsPart(string fileName) => patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, fileName));
}
