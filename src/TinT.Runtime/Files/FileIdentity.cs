namespace TinT.Runtime.Files;

/// <summary>What makes a file the same under all of its names: device and number where the system tells them, else its full path.</summary>
/// <param name="Device">The device it lies on.</param>
/// <param name="Number">Its number there.</param>
/// <param name="Path">Its path where there are no numbers, else empty.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Number, string Path = "");
