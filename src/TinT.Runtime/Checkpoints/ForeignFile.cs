namespace TinT.Runtime.Checkpoints;

/// <summary>Tells what a file is that should have been a zip archive of PyTorch, by how it begins, and how to convert it.</summary>
internal static class ForeignFile
{
    private const int Looked = 512;

    /// <summary>Refuses all but zip archives.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="CheckpointFormatException">It is none.</exception>
    public static void Refuse(PositionalFile file)
    {
        byte[] start = file.Read(0, (int)Math.Min(file.Length, Looked));
        if (!start.AsSpan().StartsWith(StoredArchive.LocalMark))
            throw new CheckpointFormatException($"{file.Path}: {Describe(start, Path.GetFileName(file.Path))}.");
    }

    private static string Describe(ReadOnlySpan<byte> start, string name) => start switch
    {
        [] => "the file is empty; download it again",
        _ when LargeFilePointer.IsAtStart(start) => LargeFilePointer.Problem[..^1],
        _ when start.StartsWith(LegacyMark) || IsTar(start) =>
            $"this is a file of PyTorch before 1.6, whose tensors are no members of a zip archive; if you trust it, convert it with {Convert(name)} in its directory",
        [0x80, <= 5, ..] => $"this is a bare pickle, not a zip archive of torch.save; if you trust it, convert it with {Convert(name)} in its directory",
        _ when start.StartsWith("GGUF"u8) => "this is a file of llama.cpp (GGUF); download the model that it was made of, with config.json and safetensors",
        [_, _, _, _, _, 0, 0, 0, (byte)'{', ..] => "this is a safetensors file; name it model.safetensors",
        _ => "this is no zip archive of torch.save; download it again, or save the tensors with torch.save(model.state_dict(), FILE)",
    };

    /// <summary>The number of 10 bytes that files began with before archives.</summary>
    private static ReadOnlySpan<byte> LegacyMark => [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

    private static bool IsTar(ReadOnlySpan<byte> start) => start.Length > 262 && start[257..].StartsWith("ustar"u8);

    private static string Convert(string name)
    {
        string file = name.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_') ? name : "FILE";
        return $"python -c \"import torch; torch.save(torch.load('{file}', weights_only=True), '{file}')\"";
    }
}
