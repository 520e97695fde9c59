using TinT.Evaluation.InContext.Prompts;
using TinT.Runtime.Simulation;

namespace TinT.Evaluation.InContext.Protocol;

/// <summary>A model that is evaluated.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Simulator">What scores and, if it does, learns.</param>
/// <param name="Learns">Whether it learns from prompts; if not, it is another model that only scores them.</param>
public sealed record InContextMethod(string Name, ISimulator Simulator, bool Learns = true)
{
    /// <summary>
    /// Learns the demonstrations once for all queries, by the mean loss, and gives the model that comes of it, as the authors' dynamic evaluation does;
    /// <see langword="null"/> to learn from each prompt.
    /// </summary>
    public Func<IReadOnlyList<LearnedText>, RunOptions, ISimulator>? LearnsOnce { get; init; }
}
