namespace TinT.Cli.Tests.Sweeps;

/// <summary>A fact about Slurm, whose daemons the test starts; skipped, with a message, where they are not or may not be started.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SlurmFactAttribute : FactAttribute
{
    private static readonly string[] programs = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "scancel"];

    public SlurmFactAttribute()
    {
        string[] folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin"];
        string[] missing = [.. programs.Where(program => !folders.Any(folder => File.Exists(Path.Combine(folder, program))))];
        if (missing.Length > 0)
            Skip = $"Slurm is not installed: {string.Join(", ", missing)} (Debian: apt-get install slurmctld slurmd slurm-client munge).";
        else if (!Environment.IsPrivilegedProcess)
            Skip = "Slurm's daemons are started by root only.";
    }
}
