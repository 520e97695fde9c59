using TinT.Evaluation.InContext.Data;

namespace TinT.Evaluation.InContext.Protocol;

/// <summary>The demonstrations that all queries of a run share.</summary>
/// <param name="Shots">Demonstrations that were drawn.</param>
/// <param name="Seed">Seed of the draw.</param>
/// <param name="Rows">Those that are left, by their rows, in their order.</param>
/// <param name="Texts">The same.</param>
/// <param name="LongestPrompt">Tokens of the longest prompt with them.</param>
public sealed record DemonstrationSet(int Shots, int Seed, IReadOnlyList<int> Rows, IReadOnlyList<LabelledText> Texts, int LongestPrompt)
{
    /// <summary>Demonstrations that were left out because prompts were too long.</summary>
    public int Dropped => Shots - Rows.Count;
}
