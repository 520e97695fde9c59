namespace TinT.Runtime.Checkpoints;

/// <summary>The few lines that Git LFS leaves in place of a large file until it is downloaded.</summary>
internal static class LargeFilePointer
{
    /// <summary>What to tell a user who has one.</summary>
    public const string Problem = "this is a Git LFS pointer, not the file itself; run 'git lfs pull'.";

    /// <summary>Bytes of the start of a file that tell.</summary>
    public static int MarkLength => Mark.Length;

    private static ReadOnlySpan<byte> Mark => "version https://git-lfs"u8;

    /// <summary>Whether a file that starts so is one.</summary>
    public static bool IsAtStart(ReadOnlySpan<byte> start) => start.StartsWith(Mark);
}
