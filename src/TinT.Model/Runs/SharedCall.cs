using System.ComponentModel;

namespace TinT.Model.Runs;

/// <summary>One call of several inner trainings that share passes.</summary>
/// <param name="Action">What it does.</param>
/// <param name="Index">Of the copy, training part, training or setting that the action is about.</param>
/// <param name="Routine">The routine that it calls.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct SharedCall(SharedAction Action, int Index = 0, RoutineCall Routine = default);
