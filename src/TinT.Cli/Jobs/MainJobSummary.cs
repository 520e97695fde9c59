using System.Globalization;
using TinT.Evaluation.Perplexity;
using TinT.Reference.Weights;

namespace TinT.Cli.Jobs;

/// <summary>What the main job's table means, and what to try next.</summary>
internal static class MainJobSummary
{
    private static readonly string exact = MethodComparison.ExactName(ParameterSubset.TopBlocks);

    /// <summary>Commands to try, with files that are there: those of a clone if the tool runs in one, else those beside the tool.</summary>
    public static IReadOnlyList<string> NextSteps()
    {
        bool clone = File.Exists("TinT.Compiler.sln");
        string Place(string inClone, params string[] besideTool) => clone ? inClone : $"\"{Path.Combine([AppContext.BaseDirectory, .. besideTool])}\"";
        string text = Place($"src/TinT.Cli/Texts/{MainJobSettings.Text}", "Texts", MainJobSettings.Text);
        string small = Place("specs/byte-gpt2.tint.yaml", "specs", "byte-gpt2.tint.yaml");
        return
        [
            clone ? "Next, for example (tint is 'dotnet run -c Release --project src/TinT.Cli --' in a clone):" : "Next, for example:",
            $"  tint check {Place("specs/gpt2.tint.yaml", "specs", "gpt2.tint.yaml")}",
            $"  tint emit {small} --output generated",
            $"  tint eval perplexity {small} --checkpoint {Place("src/TinT.Cli/Models/byte-gpt2", "Models", "byte-gpt2")} --text {text} --train-fraction 0.3,0.5,0.7,0.9 --learning-rate 1e-4,3e-4,1e-3 --exact none --html page.html",
            "  tint --help",
        ];
    }

    /// <summary>Two lines: TinT beside exact SGD where they train on most of the text, and where on least.</summary>
    public static IReadOnlyList<string> Describe(PerplexityResult result)
    {
        FractionResult least = result.Fractions[0];
        FractionResult most = result.Fractions[^1];
        return
        [
            $"After one step on the first {Percent(most)} of each block, perplexity on the rest is {Change(most, MethodComparison.Tint)} with TinT, {Change(most, exact)} with exact SGD;",
            $"after one step on the first {Percent(least)} only, {Change(least, MethodComparison.Tint)} with TinT, {Change(least, exact)} with exact SGD.",
        ];
    }

    private static string Change(FractionResult fraction, string method)
    {
        RelativeImprovement? improvement = fraction.Methods.First(score => score.Method == method).Improvement;
        return improvement switch
        {
            null => "not finite",
            { Percent: < 0 } => string.Create(CultureInfo.InvariantCulture, $"{-improvement.Percent:0.0}% higher"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{improvement.Percent:0.0}% lower"),
        };
    }

    private static string Percent(FractionResult fraction) => fraction.Split.TrainFraction.ToString("0%", CultureInfo.InvariantCulture);
}
