using System.Text;

namespace TinT.Evaluation.Sharing;

/// <summary>A unit that this process has claimed. Disposed of, it is given up, unless it was finished.</summary>
public sealed class Claim : IDisposable
{
    /// <summary>How often a claim is touched in a lease, so that some of the times may fail.</summary>
    private const int BeatsPerLease = 5;

    private readonly CancellationTokenSource lost = new();
    private readonly Lock beating = new();
    private readonly ClaimFolder folder;
    private readonly string name;
    private readonly int generation;
    private readonly ITimer timer;
    private bool isOver;

    internal Claim(ClaimFolder folder, string name, int generation, TimeProvider clock)
    {
        (this.folder, this.name, this.generation) = (folder, name, generation);
        TimeSpan period = folder.Lease / BeatsPerLease;
        timer = clock.CreateTimer(_ => Beat(), null, period, period);
    }

    /// <summary>Cancelled once another process has the unit, because this one stood still for too long.</summary>
    public CancellationToken Lost => lost.Token;

    private string Path => folder.PathOf(name, generation);

    /// <summary>Says that the results of the unit are in the log: nobody has to claim it any more.</summary>
    public void Finish()
    {
        lock (beating)
        {
            isOver = true;
            foreach (int other in folder.Generations(name).Order().ToArray())
                File.Delete(folder.PathOf(name, other));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        timer.Dispose();
        lock (beating)
        {
            if (!isOver && !lost.IsCancellationRequested)
                Release();
            isOver = true;
        }

        lost.Dispose();
    }

    /// <summary>Stands still, as a process that was killed.</summary>
    internal void Stop()
    {
        timer.Dispose();
        lock (beating)
            isOver = true;
    }

    /// <summary>What cannot be given up expires.</summary>
    private void Release()
    {
        try
        {
            using FileStream file = new(Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            file.SetLength(0);
            file.Write(Encoding.UTF8.GetBytes(ClaimFolder.Released));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }

    private void Beat()
    {
        lock (beating)
        {
            if (isOver)
                return;
            try
            {
                if (File.Exists(folder.PathOf(name, generation + 1)))
                    lost.Cancel();
                else
                    File.SetLastWriteTimeUtc(Path, DateTime.UtcNow);
            }
            catch (FileNotFoundException)
            {
                lost.Cancel();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // A network file system that does not answer may do so the next time.
                return;
            }
        }
    }
}
