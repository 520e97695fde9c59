using System.Buffers;
using System.Text;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Evaluation.Tokenizers.Models;

namespace TinT.Evaluation.Tokenizers.Sources;

/// <summary>
/// Reads <c>merges.txt</c>: two tokens a line, earlier lines merge first. A first line that starts with <c>#version</c> and empty lines at the
/// end are skipped; of a merge that is there twice the later line counts, as for the readers of Hugging Face.
/// </summary>
internal static class MergesText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads and checks the merges of a vocabulary.</summary>
    /// <param name="path">The file.</param>
    /// <param name="vocabulary">The tokens.</param>
    /// <exception cref="TokenizerFormatException">
    /// The file is missing or not UTF-8, a line does not have two parts, or a part or the merged token is not in the vocabulary.
    /// </exception>
    public static MergeTable Read(string path, Vocabulary vocabulary)
    {
        string[] lines = ReadLines(path);
        MergeTable merges = new();
        int first = lines[0].StartsWith("#version", StringComparison.Ordinal) ? 1 : 0;
        int end = lines.Length;
        while (end > first && string.IsNullOrWhiteSpace(lines[end - 1]))
            end--;
        for (int i = first; i < end; i++)
        {
            string line = lines[i].EndsWith('\r') ? lines[i][..^1] : lines[i];
            string[] parts = line.Split(' ');
            if (parts.Length != 2 || parts[0].Length == 0 || parts[1].Length == 0)
                throw new TokenizerFormatException(path, i + 1, $"a merge has two parts with a space between, not \"{line}\".");
            int left = IdOf(parts[0], "part");
            int right = IdOf(parts[1], "part");
            int merged = IdOf(parts[0] + parts[1], "result");
            merges.Set(left, right, new Merge(i - first, merged));

            int IdOf(string token, string role) => vocabulary.Find(token)
                ?? throw new TokenizerFormatException(
                    path, i + 1, $"{role} \"{token}\" of merge \"{line}\" is not in vocab.json. The two files belong to different tokenizers.");
        }

        return merges;
    }

    private static string[] ReadLines(string path)
    {
        ReadOnlySpan<byte> bytes = TokenizerFile.Read(path).Span;
        try
        {
            return StrictUtf8.GetString(bytes).Split('\n');
        }
        catch (DecoderFallbackException exception)
        {
            throw new TokenizerFormatException(path, TokenizerFile.LineOf(bytes, FirstInvalid(bytes)), "is not valid UTF-8.", exception);
        }
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        int index = 0;
        while (Rune.DecodeFromUtf8(bytes[index..], out _, out int consumed) == OperationStatus.Done)
            index += consumed;
        return index;
    }
}
