using System.Numerics;
using TinT.Evaluation.InContext.Prompts;

namespace TinT.Evaluation.InContext.Scoring;

/// <summary>Scores of the candidates of a query, from the logits of its prompts.</summary>
public static class CandidateScores
{
    /// <summary>Rows of logits at the end of a prompt that its scores are read from.</summary>
    /// <param name="prompts">The prompts.</param>
    /// <param name="prompt">Index of one of them.</param>
    public static int LogitRows(QueryPrompts prompts, int prompt)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        return prompts.CandidateIds.Count > 0 ? 2 : prompts.Prompts[prompt].CandidateTokens + 1;
    }

    /// <summary>log p of each candidate, in nats; of candidates with several tokens the sum over these.</summary>
    /// <typeparam name="T">The logits' type.</typeparam>
    /// <param name="prompts">The prompts.</param>
    /// <param name="logits">Of each prompt its last rows of logits, [<see cref="LogitRows"/>, V].</param>
    /// <param name="vocabularySize">V.</param>
    public static double[] Of<T>(QueryPrompts prompts, IReadOnlyList<T[]> logits, int vocabularySize)
        where T : IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentNullException.ThrowIfNull(logits);
        if (prompts.CandidateIds.Count > 0)
            return [.. prompts.CandidateIds.Select(id => LogProbabilities.Of<T>(logits[0].AsSpan(0, vocabularySize), id))];
        return [.. prompts.Prompts.Select((prompt, candidate) => Sum(prompt, logits[candidate], vocabularySize))];
    }

    private static double Sum<T>(Prompt prompt, T[] logits, int vocabularySize)
        where T : IFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int token = 0; token < prompt.CandidateTokens; token++)
            sum += LogProbabilities.Of<T>(
                logits.AsSpan(token * vocabularySize, vocabularySize), prompt.Ids[prompt.TokenCount - prompt.CandidateTokens + token]);
        return sum;
    }
}
