using System.Globalization;
using System.Runtime.InteropServices;
using TinT.Benchmarks.Timing;
using TinT.Models;
using TinT.Runtime.Cpu.Limits;
using TinT.Runtime.Cpu.Threads;

namespace TinT.Benchmarks.Peers;

/// <summary>The tables of the README: the machine, every model beside its peers, and products beside OpenBLAS.</summary>
internal static class PeerTables
{
    private static readonly (string Model, int Tokens)[] rows = [("gpt2", 256), ("opt-125m", 256), ("gpt2", 1024), ("opt-125m", 1024), ("byte-gpt2", 256)];

    /// <summary>Measures and prints: what is measured as it comes in, then the tables.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="presets">What was taken from the environment.</param>
    /// <param name="turns">Alternations.</param>
    /// <param name="threads">Threads of each side.</param>
    /// <param name="python">A Python with torch.</param>
    public static void Run(TextWriter output, IReadOnlyList<string> presets, int turns, int threads, string python)
    {
        PrintMachine(output, presets, threads);
        List<PeerResult> results = [];
        foreach ((string name, int tokens) in rows)
            results.Add(PeerComparison.Run(output, ShippedModels.All.Single(model => model.SpecName == name + ".tint.yaml"), tokens, turns, threads, python));

        Print(output, results);
        output.WriteLine();
        ProductComparison.Run(output, threads, onlyTokens: 256);
    }

    /// <summary>Prints what the figures depend on besides the code.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="presets">What was taken from the environment.</param>
    /// <param name="threads">Threads of each side.</param>
    public static void PrintMachine(TextWriter output, IReadOnlyList<string> presets, int threads)
    {
        using Workers workers = new(threads);
        ProcessorLimits limits = ProcessorLimits.Measure(workers);
        void Line(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        Line($"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}; {threads} threads make {limits.OperationsPerSecond / 1e9:f0} GFLOP/s in registers and move {limits.BytesPerSecond / 1e9:f0} GB/s");
        if (PageFaults.Measure() is { } microseconds)
            Line($"a fresh page of 4 KiB takes {microseconds:f2} µs");
        Line($"taken from the environment: {(presets.Count == 0 ? "nothing" : string.Join(' ', presets))}");
        Line($"tuned: {string.Join(' ', PeerEnvironment.Tuned.Select(variable => $"{variable.Key}={variable.Value}"))}");
    }

    /// <summary>Prints the tables of results.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="results">The results.</param>
    public static void Print(TextWriter output, IReadOnlyList<PeerResult> results)
    {
        output.WriteLine();
        output.WriteLine("| a step and the pass after it, seconds: median (range) | TinT | PyTorch as it comes | PyTorch tuned | TinT / as it comes | TinT / tuned |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach (PeerResult result in results)
            output.WriteLine($"| {result.Model}, {result.Tokens} tokens | {result.Step} | {result.Usual} | {result.Best} | {result.Step.Over(result.Usual)} | {result.Step.Over(result.Best)} |");
        output.WriteLine();
        output.WriteLine("| a forward pass, seconds | TinT, losses | TinT, logits | ONNX Runtime, logits | losses / ONNX | logits / ONNX |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach (PeerResult result in results)
            output.WriteLine($"| {result.Model}, {result.Tokens} tokens | {result.Losses} | {result.Logits} | {result.Onnx} | {result.Losses.Over(result.Onnx)} | {result.Logits.Over(result.Onnx)} |");
    }
}
