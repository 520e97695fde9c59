using System.Security.Cryptography;

namespace TinT.Evaluation.InContext.Data;

/// <summary>Reads the splits of tasks from a folder: <c>TASK/train.*</c>, and <c>test.*</c> or <c>validation.*</c>.</summary>
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
    public static LabelledTexts ReadFile(string path, int classCount)
    {
        DataSetFormat format = DataSetFormat.All.FirstOrDefault(format => path.EndsWith(format.Extension, StringComparison.OrdinalIgnoreCase))
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

        LabelledText[] rows = [.. format.Read(path, Utf8Text.Decode(path, bytes), classCount)];
        if (rows.Length == 0)
            throw new DataSetException(path, null, "has no rows.");
        return new LabelledTexts(path, Convert.ToHexStringLower(SHA256.HashData(bytes)), rows);
    }

    private static LabelledTexts Read(string folder, string task, IReadOnlyList<string> splits, int classCount)
    {
        string directory = Path.Combine(folder, task);
        string[] names = [.. from split in splits from format in DataSetFormat.All select split + format.Extension];
        string? found = names.Select(name => Path.Combine(directory, name)).FirstOrDefault(File.Exists);
        return found is not null
            ? ReadFile(found, classCount)
            : throw new DataSetException(
                directory, null, $"has no {string.Join(" or ", splits)} split; put one of {string.Join(", ", names)} there, UTF-8, with a text and the index of its class in each row.");
    }
}
