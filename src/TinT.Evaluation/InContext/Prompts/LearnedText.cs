namespace TinT.Evaluation.InContext.Prompts;

/// <summary>A text as the authors' dynamic evaluation learns it, together with others, by the mean loss over all their targets.</summary>
/// <param name="Ids">Token ids, [T].</param>
/// <param name="Positions">Positions, [T]; <see cref="Hidden"/> for tokens that nothing attends to.</param>
/// <param name="Targets">What each token predicts; <see cref="NoTarget"/> for nothing, [T].</param>
/// <param name="Visible">1 where a token sees another that is not behind it, else 0, [T, T].</param>
public sealed record LearnedText(int[] Ids, int[] Positions, int[] Targets, float[] Visible)
{
    /// <summary>Position of tokens that nothing attends to: OPT has a row for them in front of those of positions, other models take the running number.</summary>
    public const int Hidden = -1;

    /// <summary>Stands for a token without target.</summary>
    public const int NoTarget = -1;
}
