using System.Text;
using TinT.Cli.Outcomes;
using TinT.Compiler.Compilation;
using TinT.Compiler.Construction;
using TinT.Compiler.Diagnostics;
using TinT.Compiler.Layout;

namespace TinT.Cli.Compilation;

/// <summary>A spec named on the command line.</summary>
internal sealed class SpecFile
{
    /// <summary>A spec has at most 2²⁰ characters of at most 4 bytes each; of a longer file no more than this is read.</summary>
    private const int MostBytes = 4 << 20;

    private static readonly UTF8Encoding strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private CompilationResult? compiled;

    private SpecFile(string path, string text)
    {
        Path = path;
        Text = text;
    }

    /// <summary>Path as given.</summary>
    public string Path { get; }

    /// <summary>The text, without a byte order mark.</summary>
    public string Text { get; }

    /// <summary>A spec that was made from the file's.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="text">The text.</param>
    public static SpecFile FromText(string path, string text) => new(path, text);

    /// <summary>Reads a spec.</summary>
    /// <param name="path">Path of the file.</param>
    /// <exception cref="UsageException">The file cannot be read, is too large for a spec or is not UTF-8.</exception>
    public static SpecFile Read(string path)
    {
        byte[] bytes = ReadBytes(path);
        if (bytes.Length > MostBytes)
            throw new UsageException($"{path}: the file is larger than {MostBytes >> 20} MiB, too large for a spec; check that it is the right file.");
        try
        {
            string text = strictUtf8.GetString(bytes);
            return new SpecFile(path, text.StartsWith('\uFEFF') ? text[1..] : text);
        }
        catch (DecoderFallbackException exception)
        {
            throw new UsageException(
                FormattableString.Invariant($"{path}: byte {exception.Index} starts no valid UTF-8 character; save the spec as UTF-8."), exception);
        }
    }

    /// <summary>Compiles the spec to sources.</summary>
    /// <exception cref="SpecException">The spec has mistakes.</exception>
    /// <param name="timed">Whether the simulator tells the time of every kernel.</param>
    /// <param name="gpu">Whether there is a GPU simulator as well.</param>
    public CompilationResult Compile(bool timed = false, bool gpu = false)
    {
        CompilationResult first = compiled ??= Checked(SpecCompiler.Compile(Text, Path));
        return timed || gpu ? Checked(SpecCompiler.Generate(first.Compiled!, first.Options with { Timed = timed, Gpu = gpu })) : first;
    }

    /// <summary>What the sources are written from.</summary>
    /// <exception cref="SpecException">The spec has mistakes.</exception>
    public CompiledModel Model => Compile().Compiled!;

    /// <summary>The construction, for what is literal.</summary>
    /// <exception cref="SpecException">The spec has mistakes.</exception>
    /// <exception cref="UsageException">Gradients are exact, which no construction makes.</exception>
    public LayerGraph Construction => Model.Spec.Training.IsExact
        ? throw new UsageException($"{Path}: with 'method: exact' there is no literal simulator, since the paper's modules cannot make true gradients; leave 'method' out.")
        : Model.Graph;

    private CompilationResult Checked(CompilationResult result) =>
        result.Succeeded ? result : throw new SpecException(Describe(result.Diagnostics));

    private string Describe(IEnumerable<SpecDiagnostic> diagnostics) =>
        string.Join('\n', diagnostics.Select(diagnostic => DiagnosticText.WithExcerpt(Path, Text, diagnostic)));

    private static byte[] ReadBytes(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            byte[] buffer = new byte[Math.Clamp(stream.CanSeek ? stream.Length : 0, 0, MostBytes) + 1];
            int count = 0;
            while (true)
            {
                int read = stream.Read(buffer, count, buffer.Length - count);
                count += read;
                if (read == 0 || count > MostBytes)
                    return buffer[..count];
                if (count == buffer.Length)
                    Array.Resize(ref buffer, Math.Min(2 * buffer.Length, MostBytes + 1));
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"{path}: the spec does not exist; check the path.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UsageException($"{path}: {(Directory.Exists(path) ? "this is a directory; name a spec in it" : "no permission to read")}.", exception);
        }
        catch (IOException exception)
        {
            throw new UsageException($"{path}: the spec cannot be read ({exception.Message}).", exception);
        }
    }
}
