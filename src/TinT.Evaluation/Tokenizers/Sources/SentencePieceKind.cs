namespace TinT.Evaluation.Tokenizers.Sources;

/// <summary>What a piece of a SentencePiece model is; the numbers are the file's.</summary>
internal enum SentencePieceKind
{
    /// <summary>Text.</summary>
    Normal = 1,

    /// <summary>Stands for unknown characters.</summary>
    Unknown = 2,

    /// <summary>Controls the model; no text spells it.</summary>
    Control = 3,

    /// <summary>Text that is always one token.</summary>
    UserDefined = 4,

    /// <summary>Not to be used.</summary>
    Unused = 5,

    /// <summary>A byte of an unknown character.</summary>
    Byte = 6,
}
