using TinT.Compiler.Compilation;
using TinT.Compiler.Specs.Reading;
using TinT.Compiler.Specs.Writing;
using TinT.Evaluation.InContext.Data;
using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Scoring;
using TinT.Model;
using TinT.Reference;
using TinT.Reference.Plain;
using TinT.Reference.Weights;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Models.Tests;

/// <summary>Scores of the authors' in-context evaluation, by generated simulators and by the plain equations in double.</summary>
public sealed class InContextGoldenTests
{
    /// <summary>Scores before, in nats; of the cases' own page.</summary>
    private const double Before = 1e-5;

    /// <summary>Scores after, relative to the update: of the cases' own page, in single and in double precision.</summary>
    private const double AfterInSingle = 5e-3, AfterInDouble = 1e-8;

    /// <summary>What rounding alone changes where nothing is learned, as with the authors' empty label masks.</summary>
    private const double NoUpdate = 1e-9;

    /// <summary>Below this margin between the best score and the next, rounding may decide; of the cases' own page.</summary>
    private const double Margin = 1e-3;

    [SharedFolderTheory("golden-icl"), MemberData(nameof(InContextCase.All), MemberType = typeof(InContextCase))]
    public void Scores_of_a_generated_simulator_are_the_authors(string name)
    {
        InContextCase golden = new(name);
        if (golden.IsBaseline)
            return;
        CompilationResult compiled = SpecCompiler.Compile(File.ReadAllText(golden.SpecPath), golden.SpecPath);
        Assert.Empty(compiled.Diagnostics);
        using ISimulator simulator = GeneratedCode.LoadSimulator(
            GeneratedCode.Load(compiled.Sources.Select(source => (source.HintName, source.Text))), compiled.Compiled!.Name, golden.ModelFolder, threads: 2);
        RunOptions options = new();

        Check(golden, query => PromptScorer.Run(simulator, query, options), AfterInSingle);

        // The same, taken apart.
        ILearningSimulator learner = (ILearningSimulator)simulator;
        Check(
            golden,
            query =>
            {
                double[] before = PromptScorer.Score(learner, [query])[0];
                if (golden.Options.Loss != PromptLoss.Label || query.Prompts[0].LearnedPart() is not { } part)
                    return PromptScorer.Run(simulator, query, options) with { Before = before };
                using ILearningSimulator learned = learner.Learn(part.ToBatch(), options);
                return new BeforeAndAfter(before, PromptScorer.Score(learned, [query])[0]);
            },
            AfterInSingle);
        AssertTogether(golden, simulator);
    }

    /// <summary>Behind the same demonstrations queries are one sequence, in which softmax adds in another order: what it rounds is far below the cases' tolerance. Settings together give the bits of each.</summary>
    private static void AssertTogether(InContextCase golden, ISimulator simulator)
    {
        PromptBuilder builder = new(golden.Tokenizer, golden.Template, golden.Options);
        LabelledText[] demonstrations = [.. golden.TrainIndex.Select(row => golden.Training.Rows[row])];
        QueryPrompts[] queries =
        [
            .. golden.EvaluationIndex.Select(row => builder.BuildAll(demonstrations, golden.Test.Rows[row].Text)), builder.BuildAll(demonstrations, text: null),
        ];

        double[][] alone = [.. queries.Select(query => PromptScorer.Score(simulator, [query])[0])];
        double[][] together = PromptScorer.Score(simulator, queries);

        Assert.InRange(Difference.Largest([.. together.SelectMany(scores => scores)], [.. alone.SelectMany(scores => scores)]), 0, Before);

        double[][] each = PromptScorer.RunEach(simulator, queries[0], [new(), new() { LearningRate = 1e-3 }]);
        Assert.Equal(PromptScorer.Run(simulator, queries[0], new RunOptions()).After, each[0]);
        Assert.Equal(PromptScorer.Run(simulator, queries[0], new RunOptions { LearningRate = 1e-3 }).After, each[1]);
    }

    [SharedFolderTheory("golden-icl"), MemberData(nameof(InContextCase.All), MemberType = typeof(InContextCase))]
    public void Scores_of_the_plain_equations_are_the_authors(string name)
    {
        InContextCase golden = new(name);
        if (golden.IsBaseline)
            return;
        SimulatorDescription description = SimulatorDescriptions.Of(SpecReader.Read(File.ReadAllText(golden.SpecPath)).Spec!);
        PlainTint<double> tint = new(AuxiliaryModelReader.Read<double>(golden.ModelFolder, description.Auxiliary), description, new PlainTintOptions());
        int vocabulary = description.Auxiliary.VocabularySize;

        Check(
            golden,
            query =>
            {
                ReferenceResult<double>[] results =
                    [.. query.Prompts.Select(
                        (prompt, index) => tint.Run(prompt.ToBatch(), new RunOptions { LogitRows = CandidateScores.LogitRows(query, index) }))];
                return new BeforeAndAfter(
                    CandidateScores.Of(query, [.. results.Select(result => result.LogitsBefore!)], vocabulary),
                    CandidateScores.Of(query, [.. results.Select(result => result.LogitsAfter!)], vocabulary));
            },
            AfterInDouble);
    }

    private static void Check(InContextCase golden, Func<QueryPrompts, BeforeAndAfter> score, double tolerance)
    {
        PromptBuilder builder = new(golden.Tokenizer, golden.Template, golden.Options);
        LabelledText[] demonstrations = [.. golden.TrainIndex.Select(row => golden.Training.Rows[row])];
        BeforeAndAfter premise = score(builder.BuildAll(demonstrations, text: null));
        BeforeAndAfter[] samples = [.. golden.EvaluationIndex.Select(row => score(builder.BuildAll(demonstrations, golden.Test.Rows[row].Text)))];
        using SafetensorsFile expected = golden.OpenExpected();

        CheckScores(expected, "score.plain", samples, tolerance);
        CheckScores(expected, "premise_logp", [premise], tolerance);
        BeforeAndAfter[] calibrated = [.. samples.Select(sample => new BeforeAndAfter(Less(sample.Before, premise.Before), Less(sample.After, premise.After)))];
        CheckScores(expected, "score.calibrated", calibrated, tolerance);
        CheckPredictions(golden, "plain", samples);
        CheckPredictions(golden, "calibrated", calibrated);
    }

    private static void CheckScores(SafetensorsFile expected, string name, BeforeAndAfter[] scores, double tolerance)
    {
        double[] before = [.. scores.SelectMany(score => score.Before)];
        double[] after = [.. scores.SelectMany(score => score.After)];
        double[] expectedBefore = expected[name + ".before"].ReadDoubles();
        double[] expectedAfter = expected[name + ".after"].ReadDoubles();

        Assert.InRange(Difference.Largest(before, expectedBefore), 0, 2 * Before);
        if (Difference.Largest(expectedAfter, expectedBefore) < NoUpdate)
            Assert.InRange(Difference.Largest(after, expectedAfter), 0, 2 * Before);
        else
            Assert.InRange(Difference.OfUpdate(after, expectedAfter, expectedBefore), 0, tolerance);
    }

    private static void CheckPredictions(InContextCase golden, string name, BeforeAndAfter[] scores)
    {
        foreach ((string when, Func<BeforeAndAfter, double[]> of) in new (string, Func<BeforeAndAfter, double[]>)[] { ("before", score => score.Before), ("after", score => score.After) })
        {
            IReadOnlyList<int> expected = golden.Predictions($"{name}.{when}");
            int right = 0;
            for (int sample = 0; sample < scores.Length; sample++)
            {
                double[] classes = of(scores[sample]);
                if (classes.OrderDescending().Take(2).ToArray() is [var best, var second] && best - second > Margin)
                    Assert.Equal(expected[sample], Array.IndexOf(classes, classes.Max()));
                right += expected[sample] == golden.Test.Rows[golden.EvaluationIndex[sample]].Label ? 1 : 0;
            }

            Assert.Equal(golden.Accuracy($"{name}.{when}"), (double)right / scores.Length, 12);
        }
    }

    private static double[] Less(double[] scores, double[] premise) => [.. scores.Zip(premise, (score, of) => score - of)];
}
