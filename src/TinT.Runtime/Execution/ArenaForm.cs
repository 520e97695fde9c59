using System.ComponentModel;

namespace TinT.Runtime.Execution;

/// <summary>What the arena of a run has to hold.</summary>
/// <param name="Dual">Whether the run uses the dual form of the update.</param>
/// <param name="Steps">Inner steps; of several inner trainings that share passes, the most.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ArenaForm(bool Dual, int Steps)
{
    /// <summary>Floats per token of copies that several inner trainings go back to: 0 unless they share passes. Then what the first pass keeps outlives the steps.</summary>
    public int CopyColumns { get; init; }

    /// <summary>Whether several inner trainings share the first pass.</summary>
    public bool IsShared => CopyColumns > 0;
}
