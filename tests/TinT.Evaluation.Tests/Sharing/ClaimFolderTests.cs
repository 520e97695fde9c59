using System.Collections.Concurrent;
using System.Diagnostics;
using TinT.Evaluation.Sharing;

namespace TinT.Evaluation.Tests.Sharing;

public sealed class ClaimFolderTests : IDisposable
{
    private static readonly TimeSpan lease = TimeSpan.FromSeconds(60);
    private static readonly ProcessIdentity elsewhere = new("another machine", 1, "0");

    private readonly TemporaryFolder folder = new();
    private readonly ManualClock clock = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_unit_is_claimed_by_one_at_a_time()
    {
        ClaimFolder claims = Open();
        using Claim? first = claims.TryTake("unit");
        Assert.NotNull(first);
        Assert.Null(Open().TryTake("unit"));
        using Claim? other = Open().TryTake("other unit");
        Assert.NotNull(other);
    }

    [Fact]
    public void A_unit_that_was_given_up_is_claimed_at_once_and_leaves_nothing_once_finished()
    {
        Open().TryTake("unit")!.Dispose();
        using (Claim second = Open().TryTake("unit")!)
        {
            Assert.Null(Open().TryTake("unit"));
            second.Finish();
        }

        Assert.Empty(Directory.GetFiles(folder.FullName));
    }

    [Fact]
    public void A_claim_expires_once_it_was_not_touched_for_a_lease_by_the_clock_of_who_wants_it()
    {
        using Claim lost = Open(elsewhere).TryTake("unit")!;
        string file = Directory.GetFiles(folder.FullName).Single();

        // The owner's clock is years behind.
        File.SetLastWriteTimeUtc(file, new DateTime(1999, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        ClaimFolder claims = Open();
        Assert.Null(claims.TryTake("unit"));
        clock.Advance(0.9 * lease);
        Assert.Null(claims.TryTake("unit"));

        // It lives.
        File.SetLastWriteTimeUtc(file, new DateTime(1999, 1, 1, 0, 0, 12, DateTimeKind.Utc));
        clock.Advance(0.9 * lease);
        Assert.Null(claims.TryTake("unit"));
        clock.Advance(0.9 * lease);
        Assert.Null(claims.TryTake("unit"));
        clock.Advance(0.2 * lease);
        using Claim? taken = claims.TryTake("unit");
        Assert.NotNull(taken);

        // Who saw the old one expire as well comes too late.
        Assert.Null(Open().TryTake("unit"));
    }

    [Fact]
    public void Of_two_that_saw_a_claim_expire_one_has_the_unit()
    {
        using Claim lost = Open(elsewhere).TryTake("unit")!;
        ClaimFolder[] claims = [Open(), Open()];
        Assert.All(claims, each => Assert.Null(each.TryTake("unit")));
        clock.Advance(2 * lease);
        Claim?[] taken = [.. claims.Select(each => each.TryTake("unit"))];
        Assert.Single(taken, claim => claim is not null);
        foreach (Claim? claim in taken)
            claim?.Dispose();
    }

    [LinuxFact]
    public void A_claim_of_a_process_of_this_machine_that_has_ended_is_free_at_once()
    {
        using Process process = Process.Start("sleep", ["30"]);
        string start = File.ReadAllText($"/proc/{process.Id}/stat").Split(") ")[1].Split(' ')[19];
        ProcessIdentity owner = ProcessIdentity.Current with { Id = process.Id, Start = start };
        Assert.False(owner.HasEnded);
        Assert.Equal(owner, ProcessIdentity.Parse(owner.ToString()));
        using Claim lost = Open(owner).TryTake("unit")!;
        Assert.Null(Open().TryTake("unit"));

        process.Kill();
        process.WaitForExit();
        Assert.True(owner.HasEnded);
        using Claim? taken = Open().TryTake("unit");
        Assert.NotNull(taken);
    }

    [Fact]
    public async Task An_owner_that_stood_still_is_told_that_it_lost_its_unit()
    {
        TimeSpan brief = TimeSpan.FromMilliseconds(500);
        using Claim claim = new ClaimFolder(folder.FullName, brief, elsewhere).TryTake("unit")!;
        string file = Directory.GetFiles(folder.FullName).Single();
        DateTime first = File.GetLastWriteTimeUtc(file);
        while (File.GetLastWriteTimeUtc(file) == first)
            await Task.Delay(20);
        Assert.False(claim.Lost.IsCancellationRequested);

        // As one does that saw it expire.
        File.WriteAllText(Path.ChangeExtension(file, "1"), "another|1|0\nunit\n");
        while (!claim.Lost.IsCancellationRequested)
            await Task.Delay(20);
        claim.Dispose();
        Assert.DoesNotContain(ClaimFolder.Released, File.ReadAllText(file), StringComparison.Ordinal);
    }

    /// <summary>Workers that now and then die, give up or stand still: every unit gets finished, and none runs in two at once.</summary>
    [Fact]
    public void No_unit_is_run_by_two_at_once_and_all_are_finished()
    {
        TimeSpan brief = TimeSpan.FromMilliseconds(400);
        const int Units = 40;
        ConcurrentDictionary<string, bool> finished = [];
        ConcurrentDictionary<string, int> running = [];
        ConcurrentBag<string> twice = [];
        ConcurrentBag<Claim> dead = [];
        Thread[] threads = [.. Enumerable.Range(0, 6).Select(seed => new Thread(() => Work(seed)))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();

        Assert.Empty(twice);
        Assert.Equal(Units, finished.Count);
        foreach (Claim claim in dead)
            claim.Dispose();

        void Work(int seed)
        {
            Random random = new(seed);
            int worker = 0;
            ClaimFolder claims = Next();
            while (finished.Count < Units)
            {
                string unit = $"unit {random.Next(Units)}";
                if (finished.ContainsKey(unit))
                    continue;
                Claim? claim = claims.TryTake(unit);
                if (claim is null)
                    continue;
                if (finished.ContainsKey(unit))
                {
                    claim.Finish();
                    claim.Dispose();
                    continue;
                }

                if (running.AddOrUpdate(unit, 1, (_, count) => count + 1) > 1)
                    twice.Add(unit);
                Thread.Sleep(random.Next(10));
                running.AddOrUpdate(unit, 0, (_, count) => count - 1);
                switch (random.Next(6))
                {
                    case 0:
                        // It ends with its claim, which nobody touches any more.
                        claim.Stop();
                        dead.Add(claim);
                        claims = Next();
                        break;
                    case 1:
                        claim.Dispose();
                        break;
                    default:
                        finished[unit] = true;
                        claim.Finish();
                        claim.Dispose();
                        break;
                }
            }

            ClaimFolder Next() => new(folder.FullName, brief, new ProcessIdentity($"machine {seed}", ++worker, "0"));
        }
    }

    private ClaimFolder Open(ProcessIdentity? owner = null) => new(folder.FullName, lease, owner, clock);
}
