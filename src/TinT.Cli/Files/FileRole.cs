namespace TinT.Cli.Files;

/// <summary>What a command does with the files that an argument names.</summary>
internal enum FileRole
{
    /// <summary>It reads the file.</summary>
    Input,

    /// <summary>It reads files in the directory.</summary>
    InputDirectory,

    /// <summary>It writes the file.</summary>
    Output,

    /// <summary>It appends to the file, and reads what is there.</summary>
    AppendedFile,

    /// <summary>It writes files into the directory and leaves others there alone.</summary>
    OutputDirectory,

    /// <summary>It puts a directory in this place.</summary>
    ReplacedDirectory,
}
