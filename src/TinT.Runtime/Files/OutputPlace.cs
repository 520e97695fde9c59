using System.Globalization;

namespace TinT.Runtime.Files;

/// <summary>Where what is written under a path goes: links are followed, so that they stay.</summary>
/// <param name="Path">The path behind all links.</param>
/// <param name="Descriptor">The descriptor of this process that the path stands for, as <c>/dev/stdout</c> does; <see langword="null"/> for none.</param>
internal sealed record OutputPlace(string Path, int? Descriptor)
{
    /// <summary>As many as Linux follows.</summary>
    private const int MostLinks = 40;

    private static readonly string[] descriptorFolders = ["/dev/fd/", "/proc/self/fd/", $"/proc/{Environment.ProcessId}/fd/"];

    /// <summary>Whether a new file takes the place of what is there; devices, pipes and descriptors are written to as they are.</summary>
    public bool IsReplaced => Descriptor is null && FileStatus.Of(Path)?.Kind is null or FileKind.File;

    /// <summary>Follows the links of a path.</summary>
    /// <param name="path">The path; nothing need be there.</param>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static OutputPlace Of(string path)
    {
        string place = System.IO.Path.GetFullPath(path);
        for (int links = 0; links <= MostLinks; links++)
        {
            if (DescriptorOf(place) is { } descriptor)
                return new OutputPlace(place, descriptor);
            if (new FileInfo(place).LinkTarget is not { } target)
                return new OutputPlace(place, null);
            place = System.IO.Path.GetFullPath(target, System.IO.Path.GetDirectoryName(place)!);
        }

        throw new IOException("its links lead in a circle");
    }

    /// <summary>Opens what is written to as it is.</summary>
    public Stream Open() => Descriptor is { } descriptor
        ? new DescriptorStream(descriptor)
        : new SpecialFileStream(Path);

    private static int? DescriptorOf(string path)
    {
        if (OperatingSystem.IsWindows())
            return null;
        string? folder = descriptorFolders.FirstOrDefault(folder => path.StartsWith(folder, StringComparison.Ordinal));
        return folder is not null && int.TryParse(path.AsSpan(folder.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int descriptor)
            ? descriptor
            : null;
    }
}
