using TinT.Evaluation.Tokenizers.AddedTokens;
using TinT.Evaluation.Tokenizers.Decoders;
using TinT.Evaluation.Tokenizers.Models;
using TinT.Evaluation.Tokenizers.Normalizers;
using TinT.Evaluation.Tokenizers.PostProcessors;
using TinT.Evaluation.Tokenizers.PreTokenizers;

namespace TinT.Evaluation.Tokenizers.Sources;

/// <summary>What a tokenizer consists of, whatever files say so.</summary>
internal sealed record TokenizerParts
{
    /// <summary>The file that has the vocabulary.</summary>
    public required string File { get; init; }

    /// <summary>The model's tokens.</summary>
    public required Vocabulary Vocabulary { get; init; }

    /// <summary>Finds the tokens of each part of a text.</summary>
    public required IModel Model { get; init; }

    /// <summary>Rewrites texts; <see langword="null"/> to leave them as they are.</summary>
    public INormalizer? Normalizer { get; init; }

    /// <summary>Cut texts into parts.</summary>
    public required PreTokenizerChain PreTokenizers { get; init; }

    /// <summary>Tokens that are found before texts are cut.</summary>
    public IReadOnlyList<AddedToken> AddedTokens { get; init; } = [];

    /// <summary>Tokens around each text.</summary>
    public TokenTemplate Template { get; init; } = TokenTemplate.Text;

    /// <summary>Makes text of tokens; <see langword="null"/> to put spaces between them.</summary>
    public IDecoder? Decoder { get; init; }
}
