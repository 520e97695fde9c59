using System.CommandLine;

namespace TinT.Cli.Files;

/// <summary>An argument that names files to be read.</summary>
/// <typeparam name="T">A text or several.</typeparam>
internal sealed class FileArgument<T> : Argument<T>, INamesFiles
{
    /// <summary>Creates the argument.</summary>
    /// <param name="name">Its name.</param>
    public FileArgument(string name)
        : base(name)
    {
        Validators.Add(EmptyPath.Refuse);
    }

    /// <inheritdoc/>
    public FileRole Role => FileRole.Input;

    /// <inheritdoc/>
    public string? OtherValue => null;
}
