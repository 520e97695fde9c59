using System.Diagnostics;
using System.Globalization;

namespace TinT.Evaluation.Sharing;

/// <summary>A process, told apart from every other on every machine.</summary>
/// <param name="Host">Machine, its boot and what processes see of each other there.</param>
/// <param name="Id">Its number there.</param>
/// <param name="Start">When it started, since a number is used again.</param>
public sealed record ProcessIdentity(string Host, int Id, string Start)
{
    private const char Separator = '|';

    /// <summary>This process.</summary>
    public static ProcessIdentity Current { get; } = new(HostOf(), Environment.ProcessId, StartOf(Environment.ProcessId) ?? string.Empty);

    /// <summary>Whether the process has certainly ended: only the machine itself knows.</summary>
    public bool HasEnded => Host == Current.Host && StartOf(Id) != Start;

    /// <summary>Reads what <see cref="ToString"/> writes; <see langword="null"/> if it is something else.</summary>
    /// <param name="text">The text.</param>
    public static ProcessIdentity? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split(Separator) is [var host, var id, var start] && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? new ProcessIdentity(host, number, start)
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}{Separator}{Id}{Separator}{Start}");

    /// <summary>A name of the machine; with its boot and the process numbers' namespace, so that containers and virtual machines are machines of their own.</summary>
    private static string HostOf()
    {
        string name = Environment.MachineName.Replace(Separator, '_');
        return OperatingSystem.IsLinux()
            ? $"{name} {File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()} {new FileInfo("/proc/self/ns/pid").LinkTarget}"
            : name;
    }

    /// <summary>When a process started; <see langword="null"/> if none of the number runs.</summary>
    private static string? StartOf(int id)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                using Process process = Process.GetProcessById(id);
                return process.StartTime.Ticks.ToString(CultureInfo.InvariantCulture);
            }

            // Behind the name, which may hold anything: the state and, nineteen fields later, the start in ticks since the boot.
            string status = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            string[] fields = status[(status.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : fields[19];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
