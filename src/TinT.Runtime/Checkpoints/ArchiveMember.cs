namespace TinT.Runtime.Checkpoints;

/// <summary>A member of a <see cref="StoredArchive"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Begin">Its first byte in the file.</param>
/// <param name="Length">Its bytes, which lie in the file.</param>
internal sealed record ArchiveMember(string Name, long Begin, long Length);
