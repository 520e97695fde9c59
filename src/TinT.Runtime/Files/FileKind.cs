namespace TinT.Runtime.Files;

/// <summary>What lies under a path.</summary>
internal enum FileKind
{
    /// <summary>A file with contents of its own.</summary>
    File,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A pipe, with or without a name.</summary>
    Pipe,

    /// <summary>A socket.</summary>
    Socket,

    /// <summary>A terminal, disk or another device.</summary>
    Device,
}
