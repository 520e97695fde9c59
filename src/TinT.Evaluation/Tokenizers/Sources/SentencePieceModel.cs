using System.Text;
using System.Text.Unicode;
using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.Sources;

/// <summary>What a SentencePiece model file says, as far as it matters for encoding.</summary>
/// <remarks>Source: <c>sentencepiece_model.proto</c> of SentencePiece, whose defaults the properties have.</remarks>
internal sealed class SentencePieceModel
{
    /// <summary>Number of the algorithm that is a unigram language model.</summary>
    public const int Unigram = 1;

    /// <summary>Number of the algorithm that is byte-pair encoding.</summary>
    public const int BytePair = 2;

    private SentencePieceModel()
    {
    }

    /// <summary>The pieces by their ids.</summary>
    public List<(string Text, float Score, SentencePieceKind Kind)> Pieces { get; } = [];

    /// <summary>The algorithm.</summary>
    public int Algorithm { get; private set; } = Unigram;

    /// <summary>Whether unknown characters are written as bytes.</summary>
    public bool FallsBackToBytes { get; private set; }

    /// <summary>Whether spaces belong to the word before them.</summary>
    public bool PutsSpaceBehind { get; private set; }

    /// <summary>Id of the piece for unknown characters.</summary>
    public int UnknownId { get; private set; }

    /// <summary>Id of the piece before texts; -1 for none.</summary>
    public int StartId { get; private set; } = 1;

    /// <summary>Compiled normalization rules; empty for none.</summary>
    public byte[] Rules { get; private set; } = [];

    /// <summary>Whether a space is put before texts.</summary>
    public bool AddsPrefix { get; private set; } = true;

    /// <summary>Whether spaces at the ends are removed and several are one.</summary>
    public bool RemovesExtraSpaces { get; private set; } = true;

    /// <summary>Whether spaces are written as <c>▁</c>.</summary>
    public bool EscapesSpaces { get; private set; } = true;

    /// <summary>Reads a model.</summary>
    /// <param name="bytes">Bytes of the file.</param>
    /// <exception cref="FormatException">This is no such file.</exception>
    public static SentencePieceModel Read(ReadOnlySpan<byte> bytes)
    {
        SentencePieceModel model = new();
        ProtocolBuffer message = new(bytes);
        while (message.Read())
        {
            switch (message.Field)
            {
                case 1:
                    model.ReadPiece(message.Bytes);
                    break;
                case 2:
                    model.ReadTrainer(message.Bytes);
                    break;
                case 3:
                    model.ReadNormalizer(message.Bytes);
                    break;
            }
        }

        return model;
    }

    private void ReadPiece(ReadOnlySpan<byte> bytes)
    {
        (string text, float score, SentencePieceKind kind) = ("", 0, SentencePieceKind.Normal);
        ProtocolBuffer message = new(bytes);
        while (message.Read())
        {
            switch (message.Field)
            {
                case 1:
                    text = Utf8.IsValid(message.Bytes) ? Encoding.UTF8.GetString(message.Bytes) : throw new FormatException("A piece is not UTF-8.");
                    break;
                case 2:
                    score = message.Single;
                    break;
                case 3:
                    kind = (SentencePieceKind)message.Integer;
                    break;
            }
        }

        if (text.Length == 0 || !float.IsFinite(score) || !Enum.IsDefined(kind))
            throw new FormatException($"Piece {Pieces.Count} has no text, no finite score or an unknown type.");
        Pieces.Add((text, score, kind));
    }

    private void ReadTrainer(ReadOnlySpan<byte> bytes)
    {
        ProtocolBuffer message = new(bytes);
        while (message.Read())
        {
            switch (message.Field)
            {
                case 3:
                    Algorithm = message.Integer;
                    break;
                case 24:
                    PutsSpaceBehind = message.Flag;
                    break;
                case 35:
                    FallsBackToBytes = message.Flag;
                    break;
                case 40:
                    UnknownId = message.Integer;
                    break;
                case 41:
                    StartId = message.Integer;
                    break;
            }
        }
    }

    private void ReadNormalizer(ReadOnlySpan<byte> bytes)
    {
        ProtocolBuffer message = new(bytes);
        while (message.Read())
        {
            switch (message.Field)
            {
                case 2:
                    Rules = message.Bytes.ToArray();
                    break;
                case 3:
                    AddsPrefix = message.Flag;
                    break;
                case 4:
                    RemovesExtraSpaces = message.Flag;
                    break;
                case 5:
                    EscapesSpaces = message.Flag;
                    break;
            }
        }
    }
}
