using System.Text;
using System.Text.Json;
using TinT.Evaluation.Tokenizers;

namespace TinT.Evaluation.Tests.Tokenizers.HuggingFace;

/// <summary>A tokenizer beside Hugging Face's own implementation of the same file.</summary>
internal sealed class ComparedTokenizer : IDisposable
{
    private readonly HuggingFaceTokenizer theirs;
    private readonly TextTokenizer ours;
    private readonly bool comparesDecoding;

    public ComparedTokenizer(string directory)
    {
        theirs = new HuggingFaceTokenizer(directory);
        // Without the configuration, which theirs does not read.
        using TemporaryFolder alone = new();
        byte[] file = File.ReadAllBytes(Path.Combine(directory, "tokenizer.json"));
        alone.Write("tokenizer.json", file);
        ours = TextTokenizer.Load(alone.FullName, new TokenizerOptions { ReadSpecialTokens = true });
        using JsonDocument document = JsonDocument.Parse(file);
        AddedTokens = [.. document.RootElement.GetProperty("added_tokens").EnumerateArray().Select(token => token.GetProperty("content").GetString()!)];
        comparesDecoding = document.RootElement.TryGetProperty("decoder", out JsonElement decoder) && decoder.ValueKind != JsonValueKind.Null;
    }

    public IReadOnlyList<string> AddedTokens { get; }

    public void Dispose() => theirs.Dispose();

    /// <summary>Fails if ids differ, or the text that the ids stand for, or if spans do not belong to the ids.</summary>
    public void Compare(string text)
    {
        int[] ids = CompareIds(text);
        int[] inside = ids[ours.StartIds.Count..^ours.EndIds.Count];
        if (comparesDecoding)
            Assert.Equal(theirs.Decode(ids), ours.Decode(ids, skipSpecialTokens: true));

        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        ExplainedText explained = ours.Explain(utf8);
        Assert.Equal(inside, explained.Tokens.Select(token => token.Id));
        Assert.All(explained.Tokens, token => Assert.InRange(token.Start, 0, token.End));
        Assert.All(explained.Tokens, token => Assert.InRange(token.End, token.Start, utf8.Length));
        Assert.All(explained.Tokens.Zip(explained.Tokens.Skip(1)), pair => Assert.InRange(pair.First.Start, 0, pair.Second.Start));
    }

    /// <summary>Fails if ids differ.</summary>
    public int[] CompareIds(string text)
    {
        int[] expected = theirs.Encode(text);
        int[] ids = [.. ours.StartIds, .. ours.Encode(text), .. ours.EndIds];
        Assert.True(expected.SequenceEqual(ids), $"{JsonSerializer.Serialize(text)}\ntheirs {Show(expected)}\nours   {Show(ids)}");
        return ids;
    }

    private string Show(int[] ids) => string.Join(' ', ids.Select(id => $"{id}:{ours.PieceOf(id)}"));
}
