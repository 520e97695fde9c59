using TinT.Model;

namespace TinT.Benchmarks.Peers;

/// <summary>What both sides compute: a step on the first tokens of a sequence, and the pass after it.</summary>
/// <param name="Checkpoint">Folder of the weights.</param>
/// <param name="Auxiliary">The model.</param>
/// <param name="Tokens">Tokens of the sequence.</param>
/// <param name="TrainingTokens">How many of them train.</param>
/// <param name="LearningRate">Of the step.</param>
/// <param name="Threads">Threads of each side.</param>
internal sealed record PeerStep(string Checkpoint, AuxiliaryDescription Auxiliary, int Tokens, int TrainingTokens, double LearningRate, int Threads)
{
    /// <summary>The tokens, the same on both sides.</summary>
    public int[] Ids => [.. Enumerable.Range(0, Tokens).Select(i => (int)(((7919L * i) + 13) % Auxiliary.VocabularySize))];
}
