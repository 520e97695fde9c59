using System.Globalization;
using System.Text;
using System.Text.Unicode;
using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.Decoders;

/// <summary><c>ByteFallback</c>: a run of tokens <c>&lt;0x00&gt;</c> is the bytes that they name or, if those are not UTF-8, a U+FFFD for each.</summary>
internal sealed class ByteFallback : IDecoder
{
    /// <summary>Its name.</summary>
    public const string Name = "ByteFallback";

    /// <summary>Reads the row.</summary>
    public static IDecoder Read(JsonPlace place) => new ByteFallback();

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Decode(IReadOnlyList<byte[]> tokens)
    {
        List<byte[]> decoded = [];
        List<byte> run = [];
        foreach (byte[] token in tokens)
        {
            if (TryReadByte(token, out byte value))
            {
                run.Add(value);
                continue;
            }

            EndRun();
            decoded.Add(token);
        }

        EndRun();
        return decoded;

        void EndRun()
        {
            if (run.Count > 0)
                decoded.Add(Utf8.IsValid([.. run]) ? [.. run] : Encoding.UTF8.GetBytes(new string('\uFFFD', run.Count)));
            run.Clear();
        }
    }

    private static bool TryReadByte(ReadOnlySpan<byte> token, out byte value)
    {
        value = 0;
        return token is [(byte)'<', (byte)'0', (byte)'x', _, _, (byte)'>'] && byte.TryParse(
            token[3..5], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
