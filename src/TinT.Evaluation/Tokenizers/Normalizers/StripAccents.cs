using TinT.Evaluation.Tokenizers.Characters;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Evaluation.Tokenizers.Patterns;

namespace TinT.Evaluation.Tokenizers.Normalizers;

/// <summary><c>StripAccents</c>: combining marks are left out.</summary>
internal static class StripAccents
{
    /// <summary>Its name.</summary>
    public const string Name = "StripAccents";

    /// <summary>Reads the row.</summary>
    public static INormalizer Read(JsonPlace place) => new Replace(new CharacterPattern(NormalizationData.IsMark), "");
}
