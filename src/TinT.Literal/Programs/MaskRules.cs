using System.Numerics;

namespace TinT.Literal.Programs;

/// <summary>Applies mask rules to a run.</summary>
internal static class MaskRules
{
    /// <summary>The rule over positions of a run: prefix first, then tokens.</summary>
    /// <param name="run">Says what each position is.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="window">Positions j ≤ i that i may look at, itself included; 0 for all that the rule allows.</param>
    /// <returns>Whether query or receiver i may look at key or sender j.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rule.</exception>
    public static Func<int, int, bool> In<T>(this MaskRule rule, LiteralRun<T> run, int window = 0)
        where T : IFloatingPointIeee754<T>
    {
        Func<int, int, bool> allowed = rule.Everywhere(run);
        return window == 0 ? allowed : (query, key) => query - key < window && allowed(query, key);
    }

    private static Func<int, int, bool> Everywhere<T>(this MaskRule rule, LiteralRun<T> run)
        where T : IFloatingPointIeee754<T> => rule switch
        {
            MaskRule.Causal => (query, key) => key <= query,
            MaskRule.Tokens => run.TokenMayAttend,
            MaskRule.Training => (query, key) => run.IsTraining(key) || (run.IsToken(query) && key <= query),
            MaskRule.SentBack => (receiver, sender) => run.IsToken(sender) && (sender <= receiver || run.IsTraining(sender)),
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "There is no such mask rule."),
        };
}
