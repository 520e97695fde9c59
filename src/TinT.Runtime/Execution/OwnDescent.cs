using System.ComponentModel;

namespace TinT.Runtime.Execution;

/// <summary>The descent, in one inner training, of what each sequence has for itself: the biases of norms.</summary>
/// <param name="LearningRate">Inner learning rate.</param>
/// <param name="FirstPlace">Where the first sequence has its updated copy, among all copies.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct OwnDescent(float LearningRate, int FirstPlace)
{
    /// <summary>Where a sequence has its updated copy.</summary>
    /// <param name="run">The sequence.</param>
    public int Place(SequenceRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return FirstPlace + run.Place;
    }
}
