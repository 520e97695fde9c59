using Tokenizers.DotNet;

namespace TinT.Evaluation.Tests.Tokenizers.HuggingFace;

/// <summary>Hugging Face's own implementation of a <c>tokenizer.json</c>.</summary>
internal sealed class HuggingFaceTokenizer : IDisposable
{
    private readonly Tokenizer tokenizer;

    public HuggingFaceTokenizer(string directory)
    {
        tokenizer = new Tokenizer(Path.Combine(directory, "tokenizer.json"));
    }

    /// <summary>Why it cannot be used on this system; <see langword="null"/> if it can.</summary>
    public static string? Absence { get; } = FindAbsence();

    /// <summary>The ids, with special tokens that are spelled out read as such and those around the text added.</summary>
    public int[] Encode(string text) => [.. tokenizer.Encode(text).Select(id => (int)id)];

    /// <summary>The text without special tokens.</summary>
    public string Decode(IEnumerable<int> ids) => tokenizer.Decode([.. ids.Select(id => (uint)id)]);

    public void Dispose() => tokenizer.Dispose();

    private static string? FindAbsence()
    {
        using TemporaryFolder folder = new();
        folder.Write("tokenizer.json", """{"version":"1.0","added_tokens":[],"model":{"type":"BPE","vocab":{"a":0},"merges":[]}}""");
        try
        {
            using HuggingFaceTokenizer tokenizer = new(folder.FullName);
            return null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException or TypeInitializationException)
        {
            return $"The native library of Tokenizers.DotNet does not load here: {exception.Message}";
        }
    }
}
