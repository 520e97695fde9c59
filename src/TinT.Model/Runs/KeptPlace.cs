using System.ComponentModel;

namespace TinT.Model.Runs;

/// <summary>Where a block keeps what is read later.</summary>
/// <param name="Step">The step, from 0; one behind the last for passes whose values nothing reads later.</param>
/// <param name="Depth">The trained layer, from 0 for the lowest.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct KeptPlace(int Step, int Depth);
