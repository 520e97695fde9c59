namespace TinT.Runtime.Checkpoints.Pickle;

/// <summary>All that a pickle can reach outside itself.</summary>
internal interface IPickleWorld
{
    /// <summary>What a global stands for.</summary>
    /// <param name="name">Module and name, with a dot between.</param>
    /// <exception cref="PickleException">It is not allowed.</exception>
    PickleGlobal Find(string name);

    /// <summary>What lies outside the pickle and is named in it.</summary>
    /// <param name="id">Its name.</param>
    /// <exception cref="PickleException">There is no such thing.</exception>
    object Load(object? id);
}
