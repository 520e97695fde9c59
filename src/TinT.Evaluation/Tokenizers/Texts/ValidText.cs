using System.Text;
using System.Text.Unicode;

namespace TinT.Evaluation.Tokenizers.Texts;

/// <summary>Texts as valid UTF-8.</summary>
internal static class ValidText
{
    /// <summary>The text itself if it is UTF-8; otherwise what is not is replaced by U+FFFD.</summary>
    /// <param name="utf8">The text.</param>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> utf8) => Utf8.IsValid(utf8) ? utf8 : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(utf8));
}
