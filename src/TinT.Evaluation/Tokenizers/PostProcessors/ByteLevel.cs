using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.PostProcessors;

/// <summary><c>ByteLevel</c>: only trims offsets in Hugging Face's implementation; no tokens are added.</summary>
internal static class ByteLevel
{
    /// <summary>Its name.</summary>
    public const string Name = "ByteLevel";

    /// <summary>Reads the row.</summary>
    public static TokenTemplate Read(JsonPlace place) => TokenTemplate.Text;
}
