using System.Buffers.Binary;
using System.Text;
using TinT.Evaluation.Tokenizers;
using TinT.Evaluation.Tokenizers.Files;
using TinT.Fuzz.Tests.Fuzzing;

namespace TinT.Fuzz.Tests.Tokenizers;

/// <summary>SentencePiece models with random faults are read or refused with the one exception that says what is wrong.</summary>
public sealed class SentencePieceFuzzTests : IDisposable
{
    private static readonly string[] pieces = ["<s>", "</s>", "▁", "h", "e", "l", "he", "ll", "▁w", "o", "é", "<0xF0>", "▁he", "a", "1", "he", ""];

    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Damaged_files_are_read_or_refused_with_the_typed_exception() => FuzzRun.ForBothKinds(8_000, 1, Build, Check, Convert.ToHexString);

    private bool Check(byte[] file)
    {
        folder.Write("tokenizer.model", file);
        try
        {
            TokenizerFuzzTests.Use(TextTokenizer.Load(folder.FullName));
            return true;
        }
        catch (TokenizerFormatException exception)
        {
            Assert.StartsWith(folder.FullName, exception.Message, StringComparison.Ordinal);
            return false;
        }
    }

    private static byte[] Build(Choices choices)
    {
        List<byte> file = [.. Piece("<unk>", 0, 2)];
        int count = choices.Between(1, pieces.Length - 2);
        for (int index = 0; index < count; index++)
            file.AddRange(Piece(choices.Once(40) ? choices.Of(pieces) : pieces[index], -choices.Below(5), choices.Once(12) ? choices.Between(1, 7) : 1));
        file.AddRange(Field(
            2, [.. Number(3, choices.Once(15) ? choices.Below(6) : choices.Between(1, 2)), .. Number(35, choices.Below(2)), .. Number(41, choices.Below(3))]));
        byte[] rules = choices.Below(3) == 1 ? [4, 0, 0, 0, 0, (byte)choices.Below(256), 0, 0, 65, 0] : [];
        file.AddRange(Field(3, [.. Field(2, rules), .. Number(3, choices.Below(2)), .. Number(4, choices.Below(2)), .. Number(5, choices.Below(2))]));
        return choices.Once(3) ? Damage.Apply([.. file], choices) : [.. file];
    }

    private static byte[] Piece(string text, float score, int kind)
    {
        byte[] bits = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bits, score);
        return Field(1, [.. Field(1, Encoding.UTF8.GetBytes(text)), (2 << 3) | 5, .. bits, .. Number(3, kind)]);
    }

    /// <summary>A field of bytes, fewer than 16384.</summary>
    private static byte[] Field(int field, byte[] bytes) =>
        [(byte)((field << 3) | 2), .. bytes.Length < 0x80 ? [(byte)bytes.Length] : (byte[])[(byte)(bytes.Length | 0x80), (byte)(bytes.Length >> 7)], .. bytes];

    /// <summary>A number below 128 in a field of one or two bytes.</summary>
    private static byte[] Number(int field, int value) =>
        field < 16 ? [(byte)(field << 3), (byte)value] : [(byte)((field << 3) | 0x80), (byte)(field >> 4), (byte)value];
}
