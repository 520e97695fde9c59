using System.Diagnostics;
using System.Globalization;
using TinT.Models;
using TinT.Reference.Weights;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;

namespace TinT.Benchmarks.Peers;

/// <summary>
/// A TinT step of a compiled simulator against an exact SGD step and its evaluation in PyTorch, as it comes and with everything that serves it best, and its
/// forward pass against ONNX Runtime's: same random weights, tokens and threads, in alternation, compared turn by turn.
/// </summary>
internal static class PeerComparison
{
    /// <summary>Measures, and prints each turn.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="model">What is simulated.</param>
    /// <param name="tokens">Tokens of the sequence; the first half trains.</param>
    /// <param name="turns">Alternations.</param>
    /// <param name="threads">Threads of each side.</param>
    /// <param name="python">A Python with torch.</param>
    public static PeerResult Run(TextWriter output, ShippedModel model, int tokens, int turns, int threads, string python)
    {
        string checkpoint = Path.Combine(Path.GetTempPath(), $"tint-peer-{Environment.ProcessId}");
        try
        {
            RandomCheckpoint.Write(checkpoint, model.Description.Auxiliary, seed: 1);
            var step = new PeerStep(checkpoint, model.Description.Auxiliary, tokens, tokens / 2, model.Description.Training.LearningRate, threads);
            using ILearningSimulator simulator = (ILearningSimulator)model.Load(checkpoint, new SimulatorOptions { Threads = threads });
            return Compare(output, model.SpecName.Replace(".tint.yaml", string.Empty, StringComparison.Ordinal), simulator, step, turns, python);
        }
        finally
        {
            Directory.Delete(checkpoint, recursive: true);
        }
    }

    private static PeerResult Compare(TextWriter output, string name, ILearningSimulator simulator, PeerStep step, int turns, string python)
    {
        void Line(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        Line($"The size of {name}, {step.Tokens} tokens, {step.TrainingTokens} of them training, {step.Threads} threads; seconds for a step and the pass after it, mean losses of the other tokens in both passes");

        SimulationBatch trained = Batch(step, step.TrainingTokens);
        RunOptions scored = new() { Logits = false, Losses = RecordedLosses.Scored };
        using PyTorchPeer usual = PyTorchPeer.Start(python, step, best: false);
        using PyTorchPeer best = PyTorchPeer.Start(python, step, best: true);
        simulator.Run(trained, scored);
        usual.Step();
        best.Step();
        List<double>[] steps = [[], [], []];
        for (int turn = 0; turn < turns; turn++)
        {
            (double ours, SimulationResult result) = Time(() => simulator.Run(trained, scored));
            (double asItComes, double before, double after) = usual.Step();
            Thread.Sleep(OpenBlas.PollingMilliseconds);
            (double tuned, double bestBefore, double bestAfter) = best.Step();
            foreach ((List<double> side, double seconds) in steps.Zip([ours, asItComes, tuned]))
                side.Add(seconds);
            Line($"turn {turn + 1}: TinT {ours:f3} (loss {result.LossesBefore[0]:f4} → {result.LossesAfter[0]:f4}), PyTorch as it comes {asItComes:f3} ({before:f4} → {after:f4}), tuned {tuned:f3} ({bestBefore:f4} → {bestAfter:f4})");
        }

        using var self = Process.GetCurrentProcess();
        Line($"peak memory: TinT {self.PeakWorkingSet64 / (1024.0 * 1024):f0} MiB, PyTorch as it comes {usual.Finish():f0} MiB, tuned {best.Finish():f0} MiB");
        List<double>[] passes = Forward(simulator, step, turns, python);
        return new PeerResult(
            name, step.Tokens, new PeerTimes(steps[0]), new PeerTimes(steps[1]), new PeerTimes(steps[2]), new PeerTimes(passes[0]), new PeerTimes(passes[1]), new PeerTimes(
                passes[2]));
    }

    /// <summary>Our pass with losses, ours with logits, and ONNX Runtime's with logits.</summary>
    private static List<double>[] Forward(ILearningSimulator simulator, PeerStep step, int turns, string python)
    {
        string file = Path.Combine(step.Checkpoint, "forward.onnx");
        PyTorchPeer.Export(python, step, file);
        using OnnxForward onnx = new(file, step.Ids, step.Threads);
        SimulationBatch untrained = Batch(step, trainingTokens: 0);
        RunOptions losses = new() { Logits = false, Losses = RecordedLosses.All };
        RunOptions logits = new() { Logits = true };
        float first = simulator.Score(untrained, logits).Logits![0];
        float theirs = onnx.Run();
        if (Math.Abs(first - theirs) > 1e-3f * Math.Max(1, Math.Abs(first)))
            throw new InvalidOperationException(FormattableString.Invariant($"ONNX Runtime runs another model: its first logit is {theirs}, ours {first}."));
        List<double>[] passes = [[], [], []];
        for (int turn = 0; turn < turns; turn++)
        {
            passes[0].Add(Time(() => simulator.Score(untrained, losses)).Seconds);
            passes[1].Add(Time(() => simulator.Score(untrained, logits)).Seconds);
            passes[2].Add(Time(onnx.Run).Seconds);
        }

        return passes;
    }

    /// <summary>Times work after the threads of the side before have stopped polling.</summary>
    private static (double Seconds, T Result) Time<T>(Func<T> work)
    {
        Thread.Sleep(OpenBlas.PollingMilliseconds);
        long start = Stopwatch.GetTimestamp();
        T result = work();
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, result);
    }

    private static SimulationBatch Batch(PeerStep step, int trainingTokens) =>
        new(1, step.Tokens, step.Ids, [.. Enumerable.Range(0, step.Tokens).Select(token => token < trainingTokens ? 1f : 0f)]);
}
