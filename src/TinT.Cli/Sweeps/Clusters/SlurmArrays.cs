using System.Globalization;
using TinT.Cli.Outcomes;

namespace TinT.Cli.Sweeps.Clusters;

/// <summary>The job arrays that were submitted for a sweep: a line each, with job and number of shares, in a file of the folder.</summary>
/// <param name="directory">Where the file lies.</param>
internal sealed class SlurmArrays(string directory)
{
    private string File => Path.Combine(directory, "slurm.txt");

    /// <summary>Submits a script and remembers it.</summary>
    /// <param name="script">The script's file.</param>
    /// <param name="tasks">Shares of the sweep.</param>
    /// <returns>The job.</returns>
    /// <exception cref="ClusterException">Slurm refuses.</exception>
    public string Submit(string script, int tasks)
    {
        // With several clusters the name of one follows.
        string job = SlurmProgram.Run("sbatch", "--parsable", script).Trim().Split(';')[0];
        System.IO.File.AppendAllText(File, string.Create(CultureInfo.InvariantCulture, $"{job} {tasks}\n"));
        return job;
    }

    /// <summary>Shares whose tasks are queued or run.</summary>
    /// <param name="tasks">Shares of the sweep.</param>
    /// <exception cref="ClusterException">Slurm refuses.</exception>
    /// <exception cref="UsageException">Tasks of an array with other shares are queued or run.</exception>
    public HashSet<int> Live(int tasks)
    {
        if (!System.IO.File.Exists(File))
            return [];
        Dictionary<string, int> submitted = System.IO.File.ReadAllLines(File).Select(line => line.Split(' ')).ToDictionary(
            parts => parts[0], parts => int.Parse(parts[1], CultureInfo.InvariantCulture));
        HashSet<int> live = [];
        foreach (string line in SlurmProgram.Run("squeue", "--noheader", "--array", "--states=PENDING,RUNNING,CONFIGURING,SUSPENDED,REQUEUED", "--format=%F %K").Split('\n'))
        {
            if (line.Trim().Split(' ') is not [string job, string task] || !submitted.TryGetValue(job, out int shares))
                continue;
            if (shares != tasks)
            {
                throw new UsageException(FormattableString.Invariant(
                    $"Job {job} of this sweep, with {shares} shares, is queued or runs; submit with --tasks {shares}, or cancel it ('scancel {job}')."));
            }

            live.Add(int.Parse(task, CultureInfo.InvariantCulture));
        }

        return live;
    }
}
