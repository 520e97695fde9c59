using System.Text;
using TinT.Runtime.Files;

namespace TinT.Cli.Rendering;

/// <summary>
/// Standard output or error. If it cannot be written to – its reader has gone, a disk is full – the first failure is kept and nothing more is written:
/// the work goes on, so that the files it was asked for are there in the end.
/// </summary>
/// <param name="stream">Where to write.</param>
internal sealed class StandardStream(Stream stream) : WriteOnlyStream
{
    private const int OutputDescriptor = 1, ErrorDescriptor = 2;

    /// <summary>What went wrong; <see langword="null"/> for nothing.</summary>
    public IOException? Failure { get; private set; }

    /// <summary>Standard output of this process.</summary>
    public static StandardStream Output() => new(OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new DescriptorStream(OutputDescriptor));

    /// <summary>Standard error of this process.</summary>
    public static StandardStream Error() => new(OperatingSystem.IsWindows() ? Console.OpenStandardError() : new DescriptorStream(ErrorDescriptor));

    /// <summary>A writer of UTF-8 without a byte order mark that holds nothing back.</summary>
    public TextWriter CreateWriter() => new StreamWriter(this, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };

    /// <inheritdoc/>
    protected override void WriteAll(ReadOnlySpan<byte> buffer)
    {
        if (Failure is not null)
            return;
        try
        {
            stream.Write(buffer);
        }
        catch (IOException exception)
        {
            Failure = exception;
        }
    }
}
