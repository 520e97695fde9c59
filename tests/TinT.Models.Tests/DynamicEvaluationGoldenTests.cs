using TinT.Compiler.Specs.Reading;
using TinT.Compiler.Specs.Writing;
using TinT.Evaluation.InContext.Data;
using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Scoring;
using TinT.Model;
using TinT.Reference;
using TinT.Reference.Exact;
using TinT.Reference.Weights;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Models.Tests;

/// <summary>Scores of the authors' dynamic evaluation: exact SGD once for a set of demonstrations, by the mean loss.</summary>
public sealed class DynamicEvaluationGoldenTests
{
    /// <summary>Scores before, in nats; of the cases' own page.</summary>
    private const double Before = 1e-5;

    /// <summary>Scores after, relative to the update: of the cases' own page, in double precision.</summary>
    private const double AfterInDouble = 1e-8;

    [SharedFolderTheory("golden-icl"), MemberData(nameof(InContextCase.Baselines), MemberType = typeof(InContextCase))]
    public void Scores_of_exact_SGD_in_double_are_the_authors(string name)
    {
        InContextCase golden = new(name);
        SimulatorDescription description = DescriptionOf(golden);
        ExactFineTuning<double> exact = new(
            AuxiliaryModelReader.Read<double>(golden.ModelFolder, description.Auxiliary), description, ParameterSubset.TopBlocks);

        ExactFineTuning<double> learned = exact.LearnMean([.. golden.LearnedTexts().Select(Targeted)]);

        using SafetensorsFile expected = golden.OpenExpected();
        (double[][] before, double[] premiseBefore) = Scores(golden, exact);
        (double[][] after, double[] premiseAfter) = Scores(golden, learned);
        Check(golden, expected, "score.plain", before, after);
        Check(golden, expected, "score.calibrated", [.. before.Select(scores => Less(scores, premiseBefore))], [.. after.Select(scores => Less(scores, premiseAfter))]);
    }

    private static void Check(InContextCase golden, SafetensorsFile expected, string name, double[][] before, double[][] after)
    {
        double[] expectedBefore = expected[name + ".before"].ReadDoubles();
        double[] expectedAfter = expected[name + ".after"].ReadDoubles();
        Assert.InRange(Difference.Largest([.. before.SelectMany(scores => scores)], expectedBefore), 0, 2 * Before);
        Assert.InRange(Difference.OfUpdate([.. after.SelectMany(scores => scores)], expectedAfter, expectedBefore), 0, AfterInDouble);
        Assert.Equal(golden.Predictions(name + ".after"), after.Select(scores => Array.IndexOf(scores, scores.Max())));
    }

    /// <summary>Scores of queries and premise: without demonstrations where each was learned by itself.</summary>
    private static (double[][] Queries, double[] Premise) Scores(InContextCase golden, ExactFineTuning<double> model)
    {
        PromptBuilder builder = new(golden.Tokenizer, golden.Template, golden.Options);
        LabelledText[] demonstrations = golden.Options.Layout == PromptLayout.Separate ? [] : [.. golden.TrainIndex.Select(row => golden.Training.Rows[row])];
        return (
            [.. golden.EvaluationIndex.Select(row => Of(builder.BuildAll(demonstrations, golden.Test.Rows[row].Text)))],
            Of(builder.BuildAll(demonstrations, text: null)));

        double[] Of(QueryPrompts query)
        {
            ReferenceResult<double> result = model.Score(query.Prompts[0].ToBatch(), new RunOptions { LogitRows = CandidateScores.LogitRows(query, 0) });
            return CandidateScores.Of(query, [result.LogitsBefore!], model.Description.Auxiliary.VocabularySize);
        }
    }

    /// <summary>What the case trains, on the model of all OPT cases.</summary>
    private static SimulatorDescription DescriptionOf(InContextCase golden)
    {
        SimulatorDescription any = SimulatorDescriptions.Of(SpecReader.Read(File.ReadAllText(new InContextCase("opt_films_k4_multi_context").SpecPath)).Spec!);
        return any with
        {
            Training = any.Training with { Layers = golden.Number("layers"), Steps = golden.Number("epochs"), LearningRate = golden.Real("learning_rate") },
        };
    }

    private static TargetedText Targeted(LearnedText text) =>
        new() { Ids = text.Ids, Positions = text.Positions, Targets = text.Targets, Visible = text.Visible };

    private static double[] Less(double[] scores, double[] premise) => [.. scores.Zip(premise, (score, of) => score - of)];
}
