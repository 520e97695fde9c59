namespace TinT.Evaluation.Tokenizers.Files;

/// <summary>A tokenizer file that cannot be read, contradicts itself, asks for what is not supported, or does not fit the model.</summary>
public sealed class TokenizerFormatException : Exception
{
    /// <summary>Creates the exception; its message starts with the file and the line.</summary>
    /// <param name="file">File or directory.</param>
    /// <param name="line">Line in the file, from 1, or <see langword="null"/> if no single line is at fault.</param>
    /// <param name="problem">What is wrong and how to mend it.</param>
    /// <param name="innerException">What was thrown while reading, if anything.</param>
    public TokenizerFormatException(string file, int? line, string problem, Exception? innerException = null)
        : base(line is null ? $"{file}: {problem}" : $"{file}({line}): {problem}", innerException)
    {
        File = file;
        Line = line;
    }

    private TokenizerFormatException(string file, string jsonPath, string problem)
        : base($"{file}: {jsonPath}: {problem}")
    {
        File = file;
        JsonPath = jsonPath;
    }

    /// <summary>File or directory.</summary>
    public string File { get; }

    /// <summary>Line in the file, from 1, or <see langword="null"/> if no single line is at fault.</summary>
    public int? Line { get; }

    /// <summary>Path of the value that is at fault in a JSON file, such as <c>$.model.type</c>; <see langword="null"/> if no single one is.</summary>
    public string? JsonPath { get; }

    /// <summary>Creates the exception for a value of a JSON file; its message starts with the file and the path.</summary>
    /// <param name="file">The file.</param>
    /// <param name="jsonPath">The value's path, such as <c>$.model.type</c>.</param>
    /// <param name="problem">What is wrong and how to mend it.</param>
    public static TokenizerFormatException At(string file, string jsonPath, string problem) => new(file, jsonPath, problem);
}
