using System.Diagnostics.CodeAnalysis;
using System.Text;
using TinT.Runtime.Checkpoints.Pickle;
using static System.FormattableString;

namespace TinT.Runtime.Checkpoints;

/// <summary>A file that <c>torch.save</c> has written, with a dictionary of tensors by name in it: a zip archive of a pickle and the storages that it names.</summary>
/// <remarks>
/// The pickle is read by a <see cref="PickleMachine"/>, which executes nothing. Storages stay in the file; tensors are views of them, several of one storage if
/// they were saved so.
/// </remarks>
internal sealed class PyTorchFile : ICheckpointFile
{
    private const string PickleName = "data.pkl";
    private const int MostPickleBytes = 64 << 20;

    private readonly Dictionary<string, PyTorchTensor> tensors = new(StringComparer.Ordinal);
    private readonly PositionalFile file;

    private PyTorchFile(PositionalFile file)
    {
        this.file = file;
        ForeignFile.Refuse(file);
        StoredArchive archive = new(file);
        string folder = FindFolder(archive);
        CheckByteOrder(archive, folder);
        StateDict = ReadPickle(archive, folder);
        StridedBlock block = new();
        foreach ((string name, PyTorchView view) in StateDict.Views)
            tensors.Add(name, new PyTorchTensor(name, view, file, block));
    }

    /// <inheritdoc/>
    public string Path => file.Path;

    /// <summary>What was saved.</summary>
    public StateDict StateDict { get; }

    /// <inheritdoc/>
    public IEnumerable<CheckpointTensor> Tensors => tensors.Values;

    /// <inheritdoc/>
    public bool HasOutputsFirst => NanoGpt.IsOf(StateDict);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    /// <summary>Opens and checks a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <exception cref="CheckpointFormatException">
    /// The file cannot be read, is no zip archive of <c>torch.save</c>, is damaged, or calls for something else than tensors need; the message says what.
    /// </exception>
    public static PyTorchFile Open(string path) => PositionalFile.Open(path, file => new PyTorchFile(file));

    /// <inheritdoc/>
    public bool TryGetTensor(string name, [NotNullWhen(true)] out CheckpointTensor? tensor)
    {
        bool found = tensors.TryGetValue(name, out PyTorchTensor? view);
        tensor = view;
        return found;
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    /// <summary>Everything is in one folder, which may have any name.</summary>
    private string FindFolder(StoredArchive archive)
    {
        string[] pickles = [.. archive.Members.Keys.Where(
            name => name.EndsWith($"/{PickleName}", StringComparison.Ordinal) && name.Count(character => character == '/') == 1)];
        if (pickles.Length != 1)
        {
            throw new CheckpointFormatException(
                $"{Path}: this zip archive has {(pickles.Length == 0 ? "no" : "more than one")} '{PickleName}' and was not written by torch.save; save the checkpoint with torch.save(model.state_dict(), FILE).");
        }

        string folder = pickles[0][..^PickleName.Length];
        return archive.Members.ContainsKey($"{folder}constants.pkl")
            ? throw new CheckpointFormatException(
                $"{Path}: this is a program of TorchScript, not tensors; load it with torch.jit.load and save the tensors alone, with torch.save(model.state_dict(), 'pytorch_model.bin').")
            : folder;
    }

    private void CheckByteOrder(StoredArchive archive, string folder)
    {
        const string Native = "little";
        const int Most = 16;
        if (!archive.Members.TryGetValue($"{folder}byteorder", out ArchiveMember? member))
            return;
        string order = Encoding.Latin1.GetString(file.Read(member.Begin, (int)Math.Min(member.Length, Most))).Trim();
        if (order != Native)
            throw new CheckpointFormatException($"{Path}: its numbers are in the byte order {CheckpointText.Quote(order)}, but only '{Native}' is read; load the file with torch on a usual processor and save it again.");
    }

    private StateDict ReadPickle(StoredArchive archive, string folder)
    {
        ArchiveMember member = archive.Members[$"{folder}{PickleName}"];
        string where = $"{Path}: the pickle {CheckpointText.Quote(member.Name)}";
        if (member.Length > MostPickleBytes)
            throw new CheckpointFormatException(Invariant($"{where} has {member.Length} bytes, more than {MostPickleBytes} and too many for a checkpoint; save the tensors alone, with torch.save(model.state_dict(), 'pytorch_model.bin')."));
        try
        {
            return StateDict.Find(PickleMachine.Read(file.Read(member.Begin, (int)member.Length), new PyTorchWorld(archive, folder)));
        }
        catch (PickleException exception)
        {
            throw new CheckpointFormatException($"{where} {exception.Message}; {exception.Mend}.", exception);
        }
    }
}
