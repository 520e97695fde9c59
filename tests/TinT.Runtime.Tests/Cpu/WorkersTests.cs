using TinT.Runtime.Cpu.Threads;

namespace TinT.Runtime.Tests.Cpu;

public class WorkersTests
{
    [Theory]
    [InlineData(1, 100, 1)]
    [InlineData(2, 1, 1)]
    [InlineData(2, 1000, 7)]
    [InlineData(3, 0, 1)]
    [InlineData(5, 12345, 100)]
    public void Every_row_runs_exactly_once(int threads, int rows, int grain)
    {
        using Workers workers = new(threads);
        for (int repeat = 0; repeat < 50; repeat++)
        {
            int[] counts = new int[rows];
            workers.Run(new CountRows(counts, threads), rows, grain);
            Assert.All(counts, count => Assert.Equal(1, count));
        }
    }

    [Theory]
    [InlineData(1, 128, 4, 16)]
    [InlineData(2, 128, 4, 16)]
    [InlineData(5, 12345, 3, 100)]
    [InlineData(64, 128, 1, 16)]
    public void Every_row_runs_exactly_once_when_less_and_less_is_handed_out(int threads, int rows, int grain, int most)
    {
        using Workers workers = new(threads);
        for (int repeat = 0; repeat < 20; repeat++)
        {
            int[] counts = new int[rows];
            workers.Run(new CountRows(counts, threads), rows, grain, most);
            Assert.All(counts, count => Assert.Equal(1, count));
        }
    }

    /// <summary>Each of as many rows as there are workers waits for all of the others: it ends only if every one has a worker of its own, once and again.</summary>
    [Fact]
    public void All_workers_take_part()
    {
        const int Threads = 4;
        using Workers workers = new(Threads);
        using Barrier barrier = new(Threads);
        for (int repeat = 0; repeat < 3; repeat++)
        {
            // Far longer than a worker polls.
            Thread.Sleep(5);
            workers.Run(new WaitForOthers(barrier), Threads, 1);
        }

        Assert.Equal(3, barrier.CurrentPhaseNumber);
    }

    [Fact]
    public void Shares_are_half_of_a_fair_part_of_what_is_left_within_bounds()
    {
        List<int> shares = [];
        for (int left = 128; left > 0; left -= shares[^1])
            shares.Add(Math.Min(left, Shares.Next(left, grain: 4, most: 16, workers: 2)));

        // 128 / 4 is more than the most; from 48 on a quarter of the rest, and never less than the grain.
        Assert.Equal([16, 16, 16, 16, 16, 12, 9, 6, 5, 4, 4, 4, 4], shares);
    }

    [Fact]
    public void The_most_that_is_handed_out_is_at_least_the_grain()
    {
        using Workers workers = new(2);
        Assert.Throws<ArgumentOutOfRangeException>(() => workers.Run(new CountRows(new int[4], 2), 4, grain: 3, most: 2));
    }

    [Fact]
    public void An_exception_in_a_kernel_reaches_the_caller_and_the_workers_go_on_working()
    {
        using Workers workers = new(3);
        for (int repeat = 0; repeat < 20; repeat++)
        {
            FormatException thrown = Assert.Throws<FormatException>(() => workers.Run(new ThrowAt(500), 1000, 1));
            Assert.Equal("row 500", thrown.Message);
            int[] counts = new int[10];
            workers.Run(new CountRows(counts, 3), 10, 1);
            Assert.Equal(10, counts.Sum());
        }
    }

    [Fact]
    public void A_run_inside_a_kernel_is_refused()
    {
        using Workers workers = new(2);
        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => workers.Run(new RunAgain(workers), 4, 1));
        Assert.Contains("already running a kernel", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_from_a_second_thread_is_refused_while_the_first_goes_on()
    {
        using Workers workers = new(2);
        using ManualResetEventSlim started = new();
        using ManualResetEventSlim release = new();
        Task first = Task.Run(() => workers.Run(new WaitForRelease(started, release), 2, 1));
        started.Wait();
        Assert.Throws<InvalidOperationException>(() => workers.Run(new CountRows(new int[4], 2), 4, 1));
        Assert.Throws<InvalidOperationException>(workers.Dispose);
        release.Set();
        await first;
    }

    [Fact]
    public async Task Two_pools_work_side_by_side()
    {
        Task<long>[] tasks = [.. Enumerable.Range(0, 2).Select(seed => Task.Run(() => Work(seed)))];
        long[] sums = await Task.WhenAll(tasks);
        Assert.Equal([200L * 1000, 200L * 1000], sums);

        static long Work(int seed)
        {
            using Workers workers = new(2 + seed);
            long sum = 0;
            for (int repeat = 0; repeat < 200; repeat++)
            {
                int[] counts = new int[1000];
                workers.Run(new CountRows(counts, workers.Count), counts.Length, 3);
                sum += counts.Sum();
            }

            return sum;
        }
    }

    [Fact]
    public void Idle_workers_block_and_wake_again()
    {
        using Workers workers = new(2);
        int[] counts = new int[64];
        for (int repeat = 0; repeat < 10; repeat++)
        {
            // Far longer than a worker polls.
            Thread.Sleep(5);
            workers.Run(new CountRows(counts, 2), counts.Length, 1);
        }

        Assert.All(counts, count => Assert.Equal(10, count));
    }

    [Fact]
    public void Disposed_workers_refuse_to_run()
    {
        Workers workers = new(2);
        workers.Dispose();
        workers.Dispose();
        Assert.Throws<ObjectDisposedException>(() => workers.Run(new CountRows(new int[1], 2), 1, 1));
    }

    [Fact]
    public void Counts_and_sizes_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Workers(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Workers(1025));
        using Workers workers = new(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => workers.Run(new CountRows([], 1), -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => workers.Run(new CountRows([], 1), 1, 0));
    }

    private readonly record struct CountRows(int[] Counts, int Threads) : IRowKernel
    {
        public void Run(int firstRow, int rowCount, int worker)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)worker, (uint)Threads);
            for (int row = firstRow; row < firstRow + rowCount; row++)
                Interlocked.Increment(ref Counts[row]);
        }
    }

    private readonly record struct ThrowAt(int Row) : IRowKernel
    {
        public void Run(int firstRow, int rowCount, int worker)
        {
            if (firstRow == Row)
                throw new FormatException($"row {firstRow}");
        }
    }

    private readonly record struct RunAgain(Workers Workers) : IRowKernel
    {
        public void Run(int firstRow, int rowCount, int worker) => Workers.Run(new ThrowAt(-1), 2, 1);
    }

    private readonly record struct WaitForOthers(Barrier Barrier) : IRowKernel
    {
        public void Run(int firstRow, int rowCount, int worker) => Barrier.SignalAndWait();
    }

    private readonly record struct WaitForRelease(ManualResetEventSlim Started, ManualResetEventSlim Release) : IRowKernel
    {
        public void Run(int firstRow, int rowCount, int worker)
        {
            Started.Set();
            Release.Wait();
        }
    }
}
