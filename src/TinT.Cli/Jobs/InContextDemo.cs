using TinT.Cli.Rendering;
using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Protocol;
using TinT.Models;
using TinT.Reports.InContext;

namespace TinT.Cli.Jobs;

/// <summary>The in-context evaluation that ships: a small model of our own on invented tasks that it was not trained on.</summary>
internal static class InContextDemo
{
    /// <summary>The model's spec.</summary>
    public static string Spec { get; } = Path.Combine(AppContext.BaseDirectory, "specs", ShippedModels.FewShotGpt2.SpecName);

    /// <summary>The model.</summary>
    public static string Checkpoint { get; } = Path.Combine(AppContext.BaseDirectory, "Models", "few-shot-gpt2");

    /// <summary>The tasks' data.</summary>
    public static string Data { get; } = Path.Combine(AppContext.BaseDirectory, "Tasks");

    /// <summary>The tasks: one whose label words the model knows, one whose label words it never saw as labels.</summary>
    public static IReadOnlyList<string> TaskFiles { get; } = [Path.Combine(Data, "Films.json"), Path.Combine(Data, "Signs.json")];

    /// <summary>The paper's protocol with fewer demonstrations, settings and queries, learning labels only: what two cores do in a minute.</summary>
    public static InContextOptions Options { get; } = new()
    {
        Shots = [0, 8],
        Losses = [PromptLoss.Label],
        EvaluationSamples = 100,
        LearningRates = [1e-3, 1e-2, 3e-2],
        Depths = [(4, 1), (1, 4)],
        Calibrations = [Calibration.Plain],
    };

    /// <summary>Says what is about to run.</summary>
    /// <param name="console">Where to.</param>
    public static void Introduce(TintConsole console)
    {
        console.WriteLine("A GPT-2 of 0.96 million parameters labels invented film reviews. It was trained on invented labelled texts, but never on labelled films; of Films it");
        console.WriteLine("knows the label words, those of Signs it never saw as labels. TinT learns the labels of the demonstrations inside one forward pass, exact SGD by");
        console.WriteLine("backpropagation. layout single: the query does not see the demonstrations, so that all it knows of them is what the step has learned.");
        console.WriteLine();
    }

    /// <summary>Says what the tables show, and what to run next.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="report">The report.</param>
    public static void Explain(TintConsole console, InContextReport report)
    {
        console.WriteLine();
        foreach (string line in InContextSummary.Describe(report.Result))
            console.WriteLine(line);
        console.WriteLine();
        console.WriteLine("Next, on a model and data of your own: DATA/Mine/train.jsonl and test.jsonl with lines like {\"text\": \"what a film!\", \"label\": 1}, and mine.json like");
        console.WriteLine($"{TaskFiles[0]}:");
        console.WriteLine("  tint init --checkpoint MODEL --output model.tint.yaml");
        console.WriteLine("  tint eval icl model.tint.yaml --checkpoint MODEL --data DATA --task-file mine.json --log runs.log --html page.html");
    }
}
