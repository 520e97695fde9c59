using TinT.Runtime.Checkpoints.Pickle;
using static System.FormattableString;

namespace TinT.Runtime.Checkpoints;

/// <summary>What the pickle of a PyTorch archive may reach: the few globals that tensors need, and the archive's storages.</summary>
/// <param name="archive">The archive.</param>
/// <param name="folder">The folder in it that everything is in, with a slash.</param>
internal sealed class PyTorchWorld(StoredArchive archive, string folder) : IPickleWorld
{
    private const string Resave = "save the tensors alone, with torch.save(model.state_dict(), 'pytorch_model.bin') or as safetensors";

    /// <inheritdoc/>
    public PickleGlobal Find(string name) => PyTorchGlobals.All.TryGetValue(name, out PickleGlobal? global)
        ? global
        : throw new PickleException(
            $"calls for {CheckpointText.Quote(name)}, which is none of the few things that tensors need, and nothing of it was executed", Resave);

    /// <inheritdoc/>
    public object Load(object? id)
    {
        if (id is not PickleTuple { Items: ["storage", PyTorchType type, string key, string, long length] })
            throw new PickleException("asks for something outside that is no storage of tensors");
        string name = $"{folder}data/{key}";
        if (!archive.Members.TryGetValue(name, out ArchiveMember? member))
            throw new PickleException($"asks for the storage {CheckpointText.Quote(name)}, which is not in the archive");
        int size = type.Type?.SizeInBytes() ?? 1;
        return length == member.Length / size
            ? new PyTorchStorage(member, type.Type)
            : throw new PickleException(
                Invariant($"claims {length} elements of {size} bytes for the storage {CheckpointText.Quote(name)}, which has {member.Length} bytes"));
    }
}
