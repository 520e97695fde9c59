using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using TinT.Runtime.Cpu.Lanes;

namespace TinT.Runtime.Cpu.Threads;

/// <summary>A fixed set of threads that run row kernels together with the calling thread.</summary>
/// <remarks>
/// <para>Rows are handed out in order, a grain at a time, to whichever worker is free. A worker that the operating system
/// has not yet woken when all rows are handed out is not waited for. Kernels must compute each row by itself; then results
/// do not depend on the number of workers.</para>
/// <para>One <c>Run</c> at a time: a second one, from another thread or from inside a kernel, throws.</para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class Workers : IDisposable
{
    // state: generation in the upper half, then one bit "open", then the number of background workers inside.
    private const long Open = 1L << 31;
    private const long InsideMask = Open - 1;
    private const int GenerationShift = 32;

    // How long an idle worker polls before it blocks: about the serial work between two kernels of a small model.
    private static readonly long pollingTicks = Stopwatch.Frequency / 20_000;

    private readonly Lock gateForDispose = new();
    private readonly object sleepers = new();
    private readonly Thread[] threads;
    private readonly Scratch shared = new();
    private readonly Scratch[] scratches;

    private long state;
    private int sleeping;
    private int running;
    private volatile bool disposed;

    private delegate*<void*, int, int, int, void> body;
    private void* kernelOnStack;
    private int rowCount;
    private int grainSize;
    private int mostRows;
    private int nextRow;
    private ExceptionDispatchInfo? failure;

    /// <summary>Starts the threads.</summary>
    /// <param name="threadCount">Workers, the calling thread included, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1 or more than 1024.</exception>
    public Workers(int threadCount)
        : this(threadCount, VectorWidths.Widest)
    {
    }

    /// <summary>Starts the threads and fixes the vector width of the primitives that run on them.</summary>
    internal Workers(int threadCount, VectorWidth width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threadCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threadCount, 1024);
        Width = width;
        scratches = new Scratch[threadCount];
        for (int worker = 0; worker < threadCount; worker++)
            scratches[worker] = new Scratch();

        threads = new Thread[threadCount - 1];
        for (int index = 0; index < threads.Length; index++)
        {
            int worker = index + 1;
            threads[index] = new Thread(() => Serve(worker)) { IsBackground = true, Name = $"TinT worker {worker}" };
            threads[index].Start();
        }
    }

    /// <summary>Workers, the calling thread included.</summary>
    public int Count => scratches.Length;

    /// <summary>Floats of working memory that operations have made the workers hold so far.</summary>
    public long ScratchLength => shared.Length + scratches.Sum(scratch => scratch.Length);

    /// <summary>Vector width of the primitives that run on these workers.</summary>
    internal VectorWidth Width { get; }

    /// <summary>Runs a kernel over rows 0 to <paramref name="rows"/> − 1 and returns when all are done.</summary>
    /// <typeparam name="TKernel">The kernel, a structure.</typeparam>
    /// <param name="kernel">The work; copied to this thread's stack.</param>
    /// <param name="rows">Number of rows, at least 0.</param>
    /// <param name="grain">Rows handed out at a time, at least 1. At most this many rows run on the calling thread alone.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rows are negative or the grain is less than 1.</exception>
    /// <exception cref="InvalidOperationException">Another run is going on.</exception>
    /// <exception cref="ObjectDisposedException">The workers were disposed of.</exception>
    /// <remarks>The first exception a kernel throws is rethrown here after all workers have stopped; the remaining rows are not done.</remarks>
    public void Run<TKernel>(in TKernel kernel, int rows, int grain)
        where TKernel : struct, IRowKernel => Run(kernel, rows, grain, grain);

    /// <summary>
    /// Runs a kernel over rows 0 to <paramref name="rows"/> − 1 and returns when all are done. Much is handed out at a time while much is left, and
    /// less and less towards the end, so that the workers end together although one may be slower than the others.
    /// </summary>
    /// <typeparam name="TKernel">The kernel, a structure.</typeparam>
    /// <param name="kernel">The work; copied to this thread's stack.</param>
    /// <param name="rows">Number of rows, at least 0.</param>
    /// <param name="grain">Rows handed out at a time at the end, at least 1. At most this many rows run on the calling thread alone.</param>
    /// <param name="most">Rows handed out at a time at the beginning, at least <paramref name="grain"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rows are negative, the grain is less than 1 or more than <paramref name="most"/>.</exception>
    /// <exception cref="InvalidOperationException">Another run is going on.</exception>
    /// <exception cref="ObjectDisposedException">The workers were disposed of.</exception>
    /// <remarks>As the other overload. A single worker is handed all rows at once.</remarks>
    public void Run<TKernel>(in TKernel kernel, int rows, int grain, int most)
        where TKernel : struct, IRowKernel
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(grain, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, grain);
        ObjectDisposedException.ThrowIf(disposed, this);
        if (Interlocked.Exchange(ref running, 1) != 0)
            throw new InvalidOperationException(
                "These workers are already running a kernel; give each simulator or thread its own workers and start no kernel from inside a kernel.");

        try
        {
            TKernel local = kernel;
            if (threads.Length == 0 || rows <= grain)
            {
                if (rows > 0)
                    local.Run(0, rows, 0);
            }
            else
            {
                // The copy outlives every use: the call below returns only after the last worker has left.
                RunTogether(&Call<TKernel>, Unsafe.AsPointer(ref local), rows, grain, most);
            }
        }
        finally
        {
            Volatile.Write(ref running, 0);
        }
    }

    /// <summary>Stops the threads and frees their memory.</summary>
    /// <exception cref="InvalidOperationException">A kernel is running.</exception>
    public void Dispose()
    {
        lock (gateForDispose)
        {
            if (disposed)
                return;
            if (Interlocked.Exchange(ref running, 1) != 0)
                throw new InvalidOperationException("The workers are running a kernel; dispose of them after it has returned.");

            disposed = true;
        }

        lock (sleepers)
        {
            Monitor.PulseAll(sleepers);
        }

        foreach (Thread thread in threads)
            thread.Join();

        shared.Dispose();
        foreach (Scratch scratch in scratches)
            scratch.Dispose();
    }

    /// <summary>Memory of one worker, for the length of one kernel call. Only that worker may ask.</summary>
    internal float* WorkerScratch(int worker, long floats) => scratches[worker].Reserve(floats);

    /// <summary>Memory all workers see, until it is asked for again. Only the thread that runs kernels may ask, between runs.</summary>
    internal float* SharedScratch(long floats) => shared.Reserve(floats);

    private static void Call<TKernel>(void* kernel, int firstRow, int rowCount, int worker)
        where TKernel : struct, IRowKernel => Unsafe.AsRef<TKernel>(kernel).Run(firstRow, rowCount, worker);

    private void RunTogether(delegate*<void*, int, int, int, void> call, void* kernel, int rows, int grain, int most)
    {
        body = call;
        kernelOnStack = kernel;
        rowCount = rows;
        grainSize = grain;
        mostRows = most;
        nextRow = 0;
        failure = null;

        long generation = (state >> GenerationShift) + 1;
        Interlocked.Exchange(ref state, (generation << GenerationShift) | Open);
        if (Volatile.Read(ref sleeping) > 0)
        {
            lock (sleepers)
            {
                Monitor.PulseAll(sleepers);
            }
        }

        TakeRows(0);

        // Closed: from here on no worker enters; wait for those inside, each at its last grain.
        Interlocked.And(ref state, ~Open);
        SpinWait spinner = default;
        while ((Volatile.Read(ref state) & InsideMask) != 0)
            spinner.SpinOnce(sleep1Threshold: -1);

        failure?.Throw();
    }

    private void TakeRows(int worker)
    {
        try
        {
            while (true)
            {
                int first = Volatile.Read(ref nextRow);
                if (first >= rowCount)
                    return;

                int left = rowCount - first;
                int share = Math.Min(Shares.Next(left, grainSize, mostRows, Count), left);
                if (Interlocked.CompareExchange(ref nextRow, first + share, first) == first)
                    body(kernelOnStack, first, share, worker);
            }
        }
        catch (Exception exception)
        {
            // Not handled here, only carried to the thread that called Run.
            Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
            Volatile.Write(ref nextRow, rowCount);
        }
    }

    private void Serve(int worker)
    {
        long seen = 0;
        while (WaitForWork(ref seen))
        {
            long current = Volatile.Read(ref state);
            seen = current >> GenerationShift;
            if ((current & Open) == 0)
                continue;

            if (Interlocked.CompareExchange(ref state, current + 1, current) != current)
            {
                // Another worker entered or the run was closed meanwhile: look again.
                seen--;
                continue;
            }

            TakeRows(worker);
            Interlocked.Decrement(ref state);
        }
    }

    /// <summary>Waits for a generation other than the one seen: polls briefly, then blocks.</summary>
    /// <returns>Whether there may be work; false when the workers are being disposed of.</returns>
    private bool WaitForWork(ref long seen)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            if (Volatile.Read(ref state) >> GenerationShift != seen)
                return true;

            Thread.SpinWait(8);
        }
        while (Stopwatch.GetTimestamp() - start < pollingTicks);

        lock (sleepers)
        {
            Interlocked.Increment(ref sleeping);
            while (!disposed && Volatile.Read(ref state) >> GenerationShift == seen)
                Monitor.Wait(sleepers);
            Interlocked.Decrement(ref sleeping);
        }

        return !disposed;
    }
}
