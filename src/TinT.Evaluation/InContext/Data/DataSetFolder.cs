using System.Security.Cryptography;

namespace TinT.Evaluation.InContext.Data;

/// <summary>Reads the splits of tasks from a folder: <c>TASK/train.*</c>, and <c>test.*</c> or <c>validation.*</c>, or as <see cref="SplitFiles"/> finds them.</summary>
public static class DataSetFolder
{
    /// <summary>Reads the rows that demonstrations are drawn from.</summary>
    /// <param name="folder">The folder of all tasks.</param>
    /// <param name="task">Name of the task, which is the name of its folder.</param>
    /// <param name="classCount">Classes of the task.</param>
    /// <exception cref="DataSetException">There is no such file, or it cannot be read.</exception>
    public static LabelledTexts ReadTraining(string folder, string task, int classCount) => Read(folder, task, ["train"], classCount);

    /// <summary>Reads the rows that are classified.</summary>
    /// <inheritdoc cref="ReadTraining"/>
    public static LabelledTexts ReadTest(string folder, string task, int classCount) => Read(folder, task, ["test", "validation", "dev"], classCount);

    /// <summary>Reads one file.</summary>
    /// <param name="path">The file; its extension names the format.</param>
    /// <param name="classCount">Classes of the task.</param>
    /// <exception cref="DataSetException">It cannot be read.</exception>
    public static LabelledTexts ReadFile(string path, int classCount) => ReadFiles([path], classCount);

    /// <summary>Reads files one after another, as one.</summary>
    private static LabelledTexts ReadFiles(IReadOnlyList<string> paths, int classCount)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        LabelledText[] rows = [.. paths.SelectMany(path => Rows(path, classCount, hash))];
        return rows.Length > 0
            ? new LabelledTexts(paths[0], Convert.ToHexStringLower(hash.GetHashAndReset()), rows)
            : throw new DataSetException(paths[0], null, "has no rows.");
    }

    private static LabelledText[] Rows(string path, int classCount, IncrementalHash hash)
    {
        DataSetFormat format = DataSetFormat.Find(path)
            ?? throw new DataSetException(
                path, null, $"is of no format that is read; use {string.Join(", ", DataSetFormat.All.Select(format => format.Extension))}.");
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataSetException(path, null, $"cannot be read: {exception.Message}", exception);
        }

        hash.AppendData(bytes);
        return [.. format.Read(path, Utf8Text.Decode(path, bytes), classCount)];
    }

    private static LabelledTexts Read(string folder, string task, IReadOnlyList<string> splits, int classCount)
    {
        string directory = Path.Combine(folder, task);
        string[] names = [.. from split in splits from format in DataSetFormat.All select split + format.Extension];
        IReadOnlyList<string> found = splits.Select(split => SplitFiles.Find(directory, split)).FirstOrDefault(files => files.Count > 0, []);
        return found.Count > 0
            ? ReadFiles(found, classCount)
            : throw new DataSetException(
                directory, null, SplitFiles.Refusal(directory) ?? $"has no {string.Join(" or ", splits)} split; put one of {string.Join(", ", names)} there, UTF-8, with a text and the index of its class in each row.");
    }
}
