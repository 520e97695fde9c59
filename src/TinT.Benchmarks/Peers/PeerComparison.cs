using System.Diagnostics;
using System.Globalization;
using TinT.Models;
using TinT.Reference.Weights;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;

namespace TinT.Benchmarks.Peers;

/// <summary>
/// A TinT step of a compiled simulator against an exact SGD step and its evaluation in PyTorch: same random
/// weights, tokens and threads, in alternation, compared pair by pair.
/// </summary>
internal static class PeerComparison
{
    /// <summary>Measures and prints.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="model">What is simulated.</param>
    /// <param name="tokens">Tokens of the sequence; the first half trains.</param>
    /// <param name="pairs">Alternations.</param>
    /// <param name="threads">Threads of both sides.</param>
    /// <param name="python">A Python with torch.</param>
    public static void Run(TextWriter output, ShippedModel model, int tokens, int pairs, int threads, string python)
    {
        string checkpoint = Path.Combine(Path.GetTempPath(), $"tint-peer-{Environment.ProcessId}");
        try
        {
            RandomCheckpoint.Write(checkpoint, model.Description.Auxiliary, seed: 1);
            Compare(output, model, checkpoint, tokens, pairs, threads, python);
        }
        finally
        {
            Directory.Delete(checkpoint, recursive: true);
        }
    }

    private static void Compare(TextWriter output, ShippedModel model, string checkpoint, int tokens, int pairs, int threads, string python)
    {
        int training = tokens / 2;
        double rate = model.Description.Training.LearningRate;
        int vocabulary = model.Description.Auxiliary.VocabularySize;
        int[] ids = [.. Enumerable.Range(0, tokens).Select(i => (int)(((7919L * i) + 13) % vocabulary))];
        float[] mask = [.. Enumerable.Range(0, tokens).Select(i => i < training ? 1f : 0f)];
        var batch = new SimulationBatch(1, tokens, ids, mask);

        using ISimulator simulator = model.Load(checkpoint, new SimulatorOptions { Threads = threads });
        using PyTorchPeer peer = PyTorchPeer.Start(python, checkpoint, model.Description.Auxiliary, tokens, training, rate, threads);
        var losses = new RunOptions { Logits = false, Losses = RecordedLosses.Scored };
        simulator.Run(batch, losses);
        peer.Step();

        void Line(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        Line($"The size of {model.SpecName}, {tokens} tokens, {training} of them training, {threads} threads; seconds for a step and the pass after it, mean losses of the other tokens in both passes");
        var ratios = new List<double>();
        for (int pair = 0; pair < pairs; pair++)
        {
            Thread.Sleep(OpenBlas.PollingMilliseconds);
            long start = Stopwatch.GetTimestamp();
            SimulationResult ours = simulator.Run(batch, losses);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            (double theirs, double before, double after) = peer.Step();
            ratios.Add(seconds / theirs);
            Line($"pair {pair + 1}: TinT {seconds:f3} (loss {ours.LossesBefore[0]:f4} → {ours.LossesAfter[0]:f4}), PyTorch {theirs:f3} (loss {before:f4} → {after:f4}), ratio {seconds / theirs:f3}");
        }

        ratios.Sort();
        using var self = Process.GetCurrentProcess();
        Line($"median ratio {ratios[ratios.Count / 2]:f3}; peak memory: TinT {self.PeakWorkingSet64 / (1024.0 * 1024):f0} MiB, PyTorch {peer.Finish():f0} MiB");
    }
}
