using TinT.Evaluation.Tokenizers.PreTokenizers;

namespace TinT.Evaluation.Tokenizers;

/// <summary>Numbers of what cuts texts: pre-tokenizers have theirs from 0.</summary>
internal static class TextSteps
{
    /// <summary>The text starts.</summary>
    public const int Start = -2;

    /// <summary>An added token starts or ends.</summary>
    public const int AddedToken = -1;

    /// <summary>What a step is called.</summary>
    /// <param name="step">Its number.</param>
    /// <param name="chain">The pre-tokenizers.</param>
    public static string NameOf(int step, PreTokenizerChain? chain = null) => step switch
    {
        Start => "start of the text",
        AddedToken => "added token",
        _ => $"{chain!.Steps[step].Name} {chain.Steps[step].Path}".TrimEnd(),
    };
}
