using System.Diagnostics;
using System.Globalization;
using TinT.Compiler.Compilation;
using TinT.Models;

namespace TinT.Benchmarks.Generation;

/// <summary>What the compiler of specs adds to a build and to an edit.</summary>
internal static class GenerationTable
{
    private const int Edits = 9;

    /// <summary>Measures and prints.</summary>
    /// <param name="output">Where to.</param>
    public static void Print(TextWriter output)
    {
        (string Name, string Text)[] specs = [.. ShippedModels.All.Select(model => (model.SpecName, model.ReadSpec()))];
        void Line(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));

        double first = specs.Sum(spec => Time(spec.Name, spec.Text).Seconds);
        Line($"All {specs.Length} specs, in a process that just started: {first * 1e3:f0} ms");
        Line($"{"spec",-24} {"lines of C#",12} {"compiled again, ms: median (worst)",36}");
        foreach ((string name, string text) in specs)
        {
            (int lines, double Seconds)[] edits = [.. Enumerable.Range(1, Edits).Select(edit => Time(name, $"{text}# edit {edit}\n"))];
            double[] seconds = [.. edits.Select(edit => edit.Seconds).Order()];
            Line($"{name,-24} {edits[0].lines,12} {FormattableString.Invariant($"{seconds[Edits / 2] * 1e3:f1} ({seconds[^1] * 1e3:f1})"),36}");
        }
    }

    private static (int Lines, double Seconds) Time(string name, string text)
    {
        long start = Stopwatch.GetTimestamp();
        CompilationResult result = SpecCompiler.Compile(text, name);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (result.Sources.Sum(source => source.Text.AsSpan().Count('\n')), seconds);
    }
}
