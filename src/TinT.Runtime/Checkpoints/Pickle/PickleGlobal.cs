namespace TinT.Runtime.Checkpoints.Pickle;

/// <summary>Something that a pickle names and that it may have.</summary>
/// <param name="Name">Module and name, with a dot between.</param>
internal record PickleGlobal(string Name);
