namespace TinT.Runtime.Checkpoints.Pickle;

/// <summary>Something that a pickle may call. What is called is code of this project, not what goes by that name elsewhere.</summary>
/// <param name="Name">Module and name, with a dot between.</param>
/// <param name="Call">Makes the result of the arguments; throws <see cref="PickleException"/> if they are not what they have to be.</param>
internal sealed record PickleFunction(string Name, Func<object?[], object?> Call) : PickleGlobal(Name);
