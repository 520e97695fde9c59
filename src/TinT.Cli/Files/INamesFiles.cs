namespace TinT.Cli.Files;

/// <summary>An argument or option whose values are paths. What all of them name is checked together, by <see cref="FileCheck"/>.</summary>
internal interface INamesFiles
{
    /// <summary>What the command does with them.</summary>
    FileRole Role { get; }

    /// <summary>A value that is no path; <see langword="null"/> if all are.</summary>
    string? OtherValue { get; }
}
