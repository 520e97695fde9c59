using System.Runtime.InteropServices;

namespace TinT.Runtime.Files;

/// <summary>Writes to a descriptor that the process was started with, where the last writer stopped. Unix only; the descriptor stays open.</summary>
/// <param name="descriptor">Number of the descriptor; 1 is standard output.</param>
internal sealed partial class DescriptorStream(int descriptor) : WriteOnlyStream
{
    private const int Interrupted = 4;
    private const int Broken = 32;
    private const short Writable = 4;

    /// <summary>EAGAIN: the reader of a pipe that does not block is slow.</summary>
    private static int Busy => OperatingSystem.IsMacOS() ? 35 : 11;

    /// <inheritdoc/>
    /// <exception cref="BrokenPipeException">Nobody reads any more.</exception>
    /// <exception cref="IOException">The system refuses, for example because a disk is full.</exception>
    protected override void WriteAll(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            nint written = Write(descriptor, ref MemoryMarshal.GetReference(buffer), buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }

            int error = Marshal.GetLastPInvokeError();
            if (error == Broken)
                throw new BrokenPipeException();
            if (error == Busy)
                WaitUntilWritable();
            else if (error != Interrupted)
                throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
        }
    }

    private void WaitUntilWritable()
    {
        PollRequest request = new() { Descriptor = descriptor, Events = Writable };
        _ = Poll(ref request, 1, timeout: -1);
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(int descriptor, ref byte start, nint length);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Poll(ref PollRequest request, nuint count, int timeout);

    private struct PollRequest
    {
        public int Descriptor;
        public short Events;
        public short Found;
    }
}
