using TinT.Evaluation.InContext.Prompts;
using TinT.Runtime.Simulation;

namespace TinT.Evaluation.InContext.Scoring;

/// <summary>
/// Prompts that begin with the same tokens, as one sequence: those tokens once, then what each prompt has behind them, which sees them and itself only, at the positions
/// that it has by itself. The rows that scores are read from stand at the end, prompt by prompt; the last token of a prompt, behind which nothing is scored, is left out.
/// </summary>
internal sealed class PackedPrompts
{
    private readonly (Prompt Prompt, int Rows)[] prompts;
    private readonly int shared;

    /// <summary>Packs prompts.</summary>
    /// <param name="prompts">Prompts whose examples see each other, each with the rows that are scored: those before its last token.</param>
    /// <param name="shared">Tokens that they share.</param>
    public PackedPrompts((Prompt Prompt, int Rows)[] prompts, int shared)
    {
        this.prompts = prompts;
        this.shared = shared;
    }

    /// <summary>Rows of logits at the end of the sequence.</summary>
    public int LogitRows => prompts.Sum(each => each.Rows);

    /// <summary>Tokens that prompts have in common at their beginning, so that at least the scored rows of each are left.</summary>
    /// <param name="prompts">The prompts with their scored rows.</param>
    public static int SharedTokens(IReadOnlyList<(Prompt Prompt, int Rows)> prompts)
    {
        if (prompts.Any(each => each.Prompt.IsSplit))
            return 0;
        ReadOnlySpan<int> first = prompts[0].Prompt.Ids;
        int shared = prompts.Min(each => each.Prompt.TokenCount - 1 - each.Rows);
        foreach ((Prompt prompt, _) in prompts)
            shared = Math.Min(shared, first.CommonPrefixLength(prompt.Ids));
        return Math.Max(0, shared);
    }

    /// <summary>Tokens that a prompt adds to a sequence.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="shared">Tokens that it shares.</param>
    public static int OwnTokens(Prompt prompt, int shared) => prompt.TokenCount - 1 - shared;

    /// <summary>The sequence; nothing of it is to be trained, and only its last token counts as scored.</summary>
    public SimulationBatch ToBatch()
    {
        // Each token: the prompt it belongs to, from 0, or −1 for what all share; and its place there.
        List<(int Owner, int Token)> places = [.. Enumerable.Range(0, shared).Select(token => (-1, token))];
        for (int index = 0; index < prompts.Length; index++)
            places.AddRange(Enumerable.Range(shared, prompts[index].Prompt.TokenCount - 1 - prompts[index].Rows - shared).Select(token => (index, token)));
        for (int index = 0; index < prompts.Length; index++)
            places.AddRange(Enumerable.Range(prompts[index].Prompt.TokenCount - 1 - prompts[index].Rows, prompts[index].Rows).Select(token => (index, token)));

        float[] training = new float[places.Count];
        training.AsSpan(0, places.Count - 1).Fill(1);
        float[] sees = new float[places.Count * places.Count];
        for (int row = 0; row < places.Count; row++)
        {
            for (int other = 0; other <= row; other++)
                sees[(row * places.Count) + other] = places[other].Owner < 0 || places[other].Owner == places[row].Owner ? 1 : 0;
        }

        Prompt Of(int owner) => prompts[Math.Max(0, owner)].Prompt;
        return new SimulationBatch(1, places.Count, [.. places.Select(place => Of(place.Owner).Ids[place.Token])], training)
        {
            IclMask = sees,
            PositionIds = [.. places.Select(place => Of(place.Owner).Positions[place.Token])],
        };
    }

    /// <summary>The rows of logits of each prompt.</summary>
    /// <param name="logits">[<see cref="LogitRows"/>, V].</param>
    /// <param name="vocabularySize">V.</param>
    public IEnumerable<float[]> Split(float[] logits, int vocabularySize)
    {
        int start = 0;
        foreach ((_, int rows) in prompts)
        {
            int end = start + (rows * vocabularySize);
            yield return logits[start..end];
            start = end;
        }
    }
}
