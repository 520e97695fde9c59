using TinT.Evaluation.InContext.Prompts;
using TinT.Runtime.Simulation;

namespace TinT.Evaluation.InContext.Scoring;

/// <summary>Scores queries by a simulator, no work twice: what learns labels learns them once, and what is only scored goes forward once, in batches of one length.</summary>
public static class PromptScorer
{
    /// <summary>Tokens that are scored together: enough for products to be fast.</summary>
    private const int TokensTogether = 1024;

    /// <summary>Scores of every query by a model as it is.</summary>
    /// <param name="model">The model.</param>
    /// <param name="queries">The queries.</param>
    /// <param name="cancellationToken">Asked between passes.</param>
    /// <returns>[queries][classes].</returns>
    public static double[][] Score(ISimulator model, IReadOnlyList<QueryPrompts> queries, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(queries);
        int vocabulary = model.Description.Auxiliary.VocabularySize;
        float[][][] logits = [.. queries.Select(query => new float[query.Prompts.Count][])];
        var waiting =
            from query in Enumerable.Range(0, queries.Count)
            from prompt in Enumerable.Range(0, queries[query].Prompts.Count)
            let part = queries[query].Prompts[prompt].QueryPart()
            group (Query: query, Prompt: prompt, Part: part) by (part.TokenCount, Rows: CandidateScores.LogitRows(queries[query], prompt));
        foreach (var alike in waiting)
        {
            foreach (var batch in alike.Chunk(Math.Max(1, TokensTogether / alike.Key.TokenCount)))
            {
                RunOptions options = new() { LogitRows = alike.Key.Rows, Losses = RecordedLosses.Scored, CancellationToken = cancellationToken };
                float[] all = LogitsOf(model, Batch([.. batch.Select(place => place.Part)]), options);
                int length = alike.Key.Rows * vocabulary;
                for (int index = 0; index < batch.Length; index++)
                    logits[batch[index].Query][batch[index].Prompt] = all[(index * length)..((index + 1) * length)];
            }
        }

        return [.. queries.Select((query, index) => CandidateScores.Of(query, logits[index], vocabulary))];
    }

    /// <summary>Scores of a query before and after the inner steps on its own prompts.</summary>
    /// <param name="simulator">The simulator.</param>
    /// <param name="query">The query.</param>
    /// <param name="training">Steps, layers, learning rate, and what cancels.</param>
    public static BeforeAndAfter Run(ISimulator simulator, QueryPrompts query, RunOptions training)
    {
        ArgumentNullException.ThrowIfNull(simulator);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(training);
        SimulationResult[] results =
        [
            .. query.Prompts.Select((prompt, index) => simulator.Run(
                prompt.ToBatch(), training with { LogitRows = CandidateScores.LogitRows(query, index), Losses = RecordedLosses.Scored })),
        ];
        int vocabulary = simulator.Description.Auxiliary.VocabularySize;
        return new BeforeAndAfter(
            CandidateScores.Of(query, [.. results.Select(result => result.LogitsBefore!)], vocabulary),
            CandidateScores.Of(query, [.. results.Select(result => result.LogitsAfter!)], vocabulary));
    }

    /// <summary>Logits of one forward pass; a simulator that only knows whole runs makes one in which nothing trains.</summary>
    private static float[] LogitsOf(ISimulator model, SimulationBatch batch, RunOptions options) => model is ILearningSimulator learner
        ? learner.Score(batch, options).Logits!
        : model.Run(new SimulationBatch(batch.BatchSize, batch.TokenCount, batch.InputIds, new float[batch.TrainingMask.Length]) { PositionIds = batch.PositionIds }, options)
            .LogitsBefore!;

    private static SimulationBatch Batch(Prompt[] prompts) => new(
        prompts.Length, prompts[0].TokenCount, [.. prompts.SelectMany(prompt => prompt.Ids)], [.. prompts.SelectMany(prompt => prompt.CreateTrainingMask())])
    {
        PositionIds = [.. prompts.SelectMany(prompt => prompt.Positions)],
    };
}
