namespace TinT.Evaluation.InContext.Data;

/// <summary>A format of data sets. A new one is a file with its reader and a line in <see cref="All"/>.</summary>
internal abstract class DataSetFormat
{
    /// <summary>All, in the order in which files are looked for.</summary>
    public static IReadOnlyList<DataSetFormat> All { get; } = [new JsonLinesFormat(), new JsonFormat(), new CsvFormat(), new TsvFormat()];

    /// <summary>The format of a file by its name; <see langword="null"/> if it is of none that is read.</summary>
    /// <param name="path">The file.</param>
    public static DataSetFormat? Find(string path) => All.FirstOrDefault(format => path.EndsWith(format.Extension, StringComparison.OrdinalIgnoreCase));

    /// <summary>How names of its files end, with the dot.</summary>
    public abstract string Extension { get; }

    /// <summary>The rows of a file.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="content">Its text.</param>
    /// <param name="classCount">Classes of the task.</param>
    /// <exception cref="DataSetException">A row cannot be read.</exception>
    public abstract IEnumerable<LabelledText> Read(string path, string content, int classCount);

    /// <summary>A class that the task has.</summary>
    /// <exception cref="DataSetException">It has no such class.</exception>
    protected static int Checked(string path, long line, long label, int classCount) => label >= 0 && label < classCount
        ? (int)label
        : throw new DataSetException(path, line, FormattableString.Invariant($"label {label} is none of the classes 0 to {classCount - 1} of the task."));

    /// <summary>A class as it is written.</summary>
    /// <exception cref="DataSetException">It is no number, or the task has no such class.</exception>
    protected static int Parsed(string path, long line, string label, int classCount, int first = 0) =>
        long.TryParse(label.Trim(), System.Globalization.CultureInfo.InvariantCulture, out long value)
            ? Checked(path, line, value - first, classCount)
            : throw new DataSetException(path, line, $"the label '{label}' is no whole number; give the index of the class.");
}
