using System.CommandLine;
using TinT.Cli.Outcomes;
using TinT.Runtime.Files;

namespace TinT.Cli.Files;

/// <summary>
/// Makes sure before any work that everything a command writes can be written there, and that no output is an input of the same command or another
/// output. Files are the same if the system says so, however they are named: by relative paths, symbolic or hard links, or in capitals where those do
/// not count.
/// </summary>
internal static class FileCheck
{
    /// <summary>Checks what a command line names.</summary>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="UsageException">An output is something else as well, or cannot be written.</exception>
    public static void Run(ParseResult parsed)
    {
        NamedFile[] files = [.. NamedFile.Of(parsed)];
        NamedFile[] inputs = [.. files.Where(file => file.Role is FileRole.Input or FileRole.InputDirectory)];
        List<(NamedFile Output, FileIdentity Identity)> outputs = [];
        foreach (NamedFile file in files)
        {
            switch (file.Role)
            {
                case FileRole.AppendedFile when file.Path == NamedFile.StandardOutput:
                    throw new UsageException($"{file} must be a file, since it is read again by the next run.");
                case FileRole.Output or FileRole.AppendedFile:
                    OutputTarget target = OutputTarget.Of(file);
                    RefuseRedirected(file, target);
                    RefuseInputs(file, target, inputs);
                    RefuseOutputs(file, target, outputs);
                    outputs.Add((file, target.Identity));
                    break;
                case FileRole.OutputDirectory:
                    OutputDirectory.Check(file);
                    break;
                case FileRole.ReplacedDirectory:
                    OutputDirectory.Check(file);
                    RefuseInputsInside(file, inputs);
                    break;
            }
        }
    }

    /// <summary>Whether something goes to standard output, so that nothing else must.</summary>
    /// <param name="parsed">The command line.</param>
    public static bool TakesStandardOutput(ParseResult parsed) =>
        NamedFile.Of(parsed).Any(file => file.Role == FileRole.Output && NamedFile.IsStandardOutput(file.Path));

    /// <summary>Refuses to replace what a command reads.</summary>
    /// <param name="outputs">Files that are to be written into the directory that the command line names.</param>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="UsageException">One of them is an input.</exception>
    public static void RefuseInputs(IEnumerable<string> outputs, ParseResult parsed)
    {
        NamedFile[] files = [.. NamedFile.Of(parsed)];
        NamedFile directory = files.Single(file => file.Role == FileRole.OutputDirectory);
        NamedFile[] inputs = [.. files.Where(file => file.Role is FileRole.Input or FileRole.InputDirectory)];
        foreach (string path in outputs)
        {
            if (FileStatus.Of(path) is { } status)
                RefuseInputs(directory with { Path = path }, new OutputTarget(path, status.Kind, status.Identity), inputs);
        }
    }

    /// <summary>Refuses the file that a shell sends standard output or error to: replaced, it would lose what is written there.</summary>
    private static void RefuseRedirected(NamedFile file, OutputTarget target)
    {
        if (OperatingSystem.IsWindows() || target.Kind != FileKind.File)
            return;
        foreach ((string path, string name) in ((string, string)[])[("/dev/fd/1", "standard output"), ("/dev/fd/2", "standard error")])
        {
            if (FileStatus.Of(path)?.Identity == target.Identity)
                throw new UsageException($"{file} is the file that {name} goes to; name another file, or '-' for standard output.");
        }
    }

    private static void RefuseOutputs(NamedFile file, OutputTarget target, IEnumerable<(NamedFile Output, FileIdentity Identity)> others)
    {
        foreach ((NamedFile other, FileIdentity identity) in others)
        {
            if (target.Kind != FileKind.Device && identity == target.Identity)
                throw new UsageException($"{file} is the same file as {other}; name two different ones.");
        }
    }

    private static void RefuseInputs(NamedFile file, OutputTarget target, IEnumerable<NamedFile> inputs)
    {
        if (target.Kind == FileKind.Device)
            return;
        foreach (NamedFile input in inputs)
        {
            if (FileStatus.Of(input.Path) is not { } status)
                continue;
            if (status.Identity == target.Identity)
                throw new UsageException($"{file} is the same file as {input}, which the command reads; name another file.");
            if (input.Role == FileRole.InputDirectory && status.Kind == FileKind.Directory && target.IsModelFileOf(input.Path))
                throw new UsageException($"{file} is a file of {input}, which the command reads; name another file.");
        }
    }

    private static void RefuseInputsInside(NamedFile directory, IEnumerable<NamedFile> inputs)
    {
        string place = RealPath.Of(directory.Path);
        foreach (NamedFile input in inputs)
        {
            if (RealPath.Contains(place, RealPath.Of(input.Path)))
                throw new UsageException($"{input} lies in {directory}, which the command replaces; name another directory.");
        }
    }
}
