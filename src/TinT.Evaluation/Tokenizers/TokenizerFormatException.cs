namespace TinT.Evaluation.Tokenizers;

/// <summary>A tokenizer file that cannot be read, contradicts itself, or does not fit the model.</summary>
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

    /// <summary>File or directory.</summary>
    public string File { get; }

    /// <summary>Line in the file, from 1, or <see langword="null"/> if no single line is at fault.</summary>
    public int? Line { get; }
}
