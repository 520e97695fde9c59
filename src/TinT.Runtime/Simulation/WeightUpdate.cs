namespace TinT.Runtime.Simulation;

/// <summary>The change of one weight tensor over all inner steps.</summary>
/// <param name="Name">Name of the tensor in the checkpoint.</param>
/// <param name="Shape">Shape in the checkpoint.</param>
/// <param name="Delta">New minus old value, row-major, in the checkpoint's orientation.</param>
public sealed record WeightUpdate(string Name, IReadOnlyList<int> Shape, float[] Delta);
