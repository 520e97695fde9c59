using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TinT.Evaluation.Logs;

namespace TinT.Evaluation.Sharing;

/// <summary>Claims of units, as files in a folder that several processes on several machines see.</summary>
/// <remarks>
/// <para>A claim is a file that exactly one process can create. Its owner touches it again and again; a claim that is not touched for a lease has expired. How long that
/// is, whoever wants the unit tells by its own clock, from when it first saw the present time stamp: clocks of machines are never compared. On the owner's own machine a
/// claim has expired as soon as the process has ended.</para>
/// <para>A claim that was given up or has expired is not removed but followed by one of the next generation, which again exactly one process can create; so nobody can
/// mistake a new claim for the old one. All are removed once the unit is finished: its results are in a log before.</para>
/// </remarks>
public sealed class ClaimFolder
{
    internal const string Released = "released";

    private readonly Dictionary<string, (int Generation, DateTime Touched, long Since)> seen = [];
    private readonly string directory;
    private readonly ProcessIdentity owner;
    private readonly TimeProvider clock;

    /// <summary>Uses a folder.</summary>
    /// <param name="directory">The folder, which exists.</param>
    /// <param name="lease">How long a claim lasts untouched; longer than a shared file system hides what others do.</param>
    /// <param name="owner">This process; <see langword="null"/> for what it is.</param>
    /// <param name="timeProvider">Clock of leases; <see langword="null"/> for the system's.</param>
    public ClaimFolder(string directory, TimeSpan lease, ProcessIdentity? owner = null, TimeProvider? timeProvider = null)
    {
        this.directory = directory;
        this.owner = owner ?? ProcessIdentity.Current;
        clock = timeProvider ?? TimeProvider.System;
        Lease = lease;
    }

    /// <summary>How long a claim lasts untouched.</summary>
    public TimeSpan Lease { get; }

    /// <summary>Claims a unit, unless another process has it.</summary>
    /// <param name="unit">The unit.</param>
    /// <exception cref="RunLogException">The folder cannot be read or written.</exception>
    public Claim? TryTake(string unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        try
        {
            string name = NameOf(unit);
            int latest = Generations(name).DefaultIfEmpty(-1).Max();
            if (latest >= 0 && !IsFree(name, latest))
                return null;
            FileStream? file = Create(PathOf(name, latest + 1));
            if (file is null)
                return null;
            using (file)
                file.Write(Encoding.UTF8.GetBytes($"{owner}\n{unit}\n"));
            return new Claim(this, name, latest + 1, clock);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunLogException(directory, $"units cannot be claimed: {exception.Message}", exception);
        }
    }

    /// <summary>Units that are claimed and not given up, with their owners; some of these may have ended.</summary>
    /// <exception cref="RunLogException">The folder cannot be read.</exception>
    public IReadOnlyList<(string Unit, ProcessIdentity Owner)> List()
    {
        try
        {
            return
            [
                .. Directory.EnumerateFiles(directory).GroupBy(path => Path.GetFileNameWithoutExtension(path))
                    .Select(claims => Read(claims.MaxBy(path => GenerationOf(path))!)?.Text.Split('\n'))
                    .Where(lines => lines is { Length: > 1 })
                    .Select(lines => (lines![1], ProcessIdentity.Parse(lines[0])))
                    .Where(claim => claim.Item2 is not null)
                    .Select(claim => (claim.Item1, claim.Item2!)),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunLogException(directory, $"claims cannot be read: {exception.Message}", exception);
        }
    }

    internal string PathOf(string name, int generation) => Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{name}.{generation}"));

    internal IEnumerable<int> Generations(string name) => Directory.EnumerateFiles(directory, $"{name}.*").Select(GenerationOf);

    private static int GenerationOf(string path) =>
        int.TryParse(Path.GetExtension(path).AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int generation) ? generation : -1;

    /// <summary>A name for files, as short for every unit.</summary>
    private static string NameOf(string unit) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(unit)).AsSpan(0, 12));

    private static FileStream? Create(string path)
    {
        try
        {
            return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    private bool IsFree(string name, int generation)
    {
        if (Read(PathOf(name, generation)) is not { } claim)
            return false;
        string first = claim.Text.Split('\n')[0];
        if (first == Released || ProcessIdentity.Parse(first) is { HasEnded: true })
            return true;
        if (seen.TryGetValue(name, out var last) && last.Generation == generation && last.Touched == claim.Touched)
            return clock.GetElapsedTime(last.Since) >= Lease;
        seen[name] = (generation, claim.Touched, clock.GetTimestamp());
        return false;
    }

    /// <summary>A claim's text and when it was touched; opened, so that a network file system asks its server. <see langword="null"/> if it is gone.</summary>
    private static (string Text, DateTime Touched)? Read(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using StreamReader reader = new(file);
            return (reader.ReadToEnd(), File.GetLastWriteTimeUtc(file.SafeFileHandle));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
