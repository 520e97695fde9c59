namespace TinT.Evaluation.Tokenizers.Files;

/// <summary>Before which texts a space is put.</summary>
internal enum PrependScheme
{
    /// <summary>Every part of a text.</summary>
    Always,

    /// <summary>The start of the whole text.</summary>
    First,

    /// <summary>None.</summary>
    Never,
}
