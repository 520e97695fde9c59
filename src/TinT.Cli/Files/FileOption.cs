using System.CommandLine;

namespace TinT.Cli.Files;

/// <summary>An option that names files.</summary>
/// <typeparam name="T">A text or several.</typeparam>
internal sealed class FileOption<T> : Option<T>, INamesFiles
{
    /// <summary>Creates the option.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="role">What the command does with the files.</param>
    public FileOption(string name, FileRole role)
        : base(name)
    {
        Role = role;
        Validators.Add(EmptyPath.Refuse);
    }

    /// <inheritdoc/>
    public FileRole Role { get; }

    /// <inheritdoc/>
    public string? OtherValue { get; init; }
}
