using System.Text;
using TinT.Runtime.Files;

namespace TinT.Cli.Rendering;

/// <summary>
/// Standard output or error. If it cannot be written to – its reader has gone, a disk is full – the first failure is kept and nothing more is written:
/// the work goes on, so that the files it was asked for are there in the end.
/// </summary>
/// <param name="stream">Where to write.</param>
internal sealed class StandardStream(Stream stream) : Stream
{
    private const int OutputDescriptor = 1, ErrorDescriptor = 2;

    /// <summary>What went wrong; <see langword="null"/> for nothing.</summary>
    public IOException? Failure { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Standard output of this process.</summary>
    public static StandardStream Output() => new(OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new DescriptorStream(OutputDescriptor));

    /// <summary>Standard error of this process.</summary>
    public static StandardStream Error() => new(OperatingSystem.IsWindows() ? Console.OpenStandardError() : new DescriptorStream(ErrorDescriptor));

    /// <summary>A writer of UTF-8 without a byte order mark that holds nothing back.</summary>
    public TextWriter CreateWriter() => new StreamWriter(this, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };

    /// <inheritdoc/>
    public override void Flush() => Try(stream.Flush);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Try(() => stream.Write(buffer, offset, count));

    private void Try(Action write)
    {
        if (Failure is not null)
            return;
        try
        {
            write();
        }
        catch (IOException exception)
        {
            Failure = exception;
        }
    }
}
