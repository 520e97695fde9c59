using TinT.Evaluation.InContext.Prompts;
using TinT.Runtime.Simulation;

namespace TinT.Evaluation.InContext.Scoring;

/// <summary>Scores queries by a simulator, no work twice: what is only scored goes forward once, behind the tokens that all share or in batches of one length.</summary>
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
        Place[] places =
        [
            .. from query in Enumerable.Range(0, queries.Count)
               from prompt in Enumerable.Range(0, queries[query].Prompts.Count)
               select new Place(query, prompt, queries[query].Prompts[prompt].QueryPart(), CandidateScores.LogitRows(queries[query], prompt)),
        ];
        float[][][] logits = [.. queries.Select(query => new float[query.Prompts.Count][])];
        int shared = SharedTokens(model, places);
        foreach ((Place place, float[] rows) in shared > 0
            ? InSequences(model, places, shared, cancellationToken)
            : InBatches(model, places, cancellationToken))
        {
            logits[place.Query][place.Prompt] = rows;
        }

        return [.. queries.Select((query, index) => CandidateScores.Of(query, logits[index], model.Description.Auxiliary.VocabularySize))];
    }

    /// <summary>Scores of a query after inner steps on its own prompts in several settings, which share passes where the simulator can.</summary>
    /// <param name="simulator">The simulator.</param>
    /// <param name="query">The query.</param>
    /// <param name="settings">Steps, layers and learning rate of each.</param>
    /// <param name="cancellationToken">Asked between passes.</param>
    /// <returns>[settings][classes].</returns>
    public static double[][] RunEach(ISimulator simulator, QueryPrompts query, IReadOnlyList<RunSetting> settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(simulator);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(settings);
        IReadOnlyList<SimulationResult>[] results =
        [
            .. query.Prompts.Select((prompt, index) => simulator.RunEach(
                prompt.ToBatch(),
                settings,
                new RunOptions { LogitRows = CandidateScores.LogitRows(query, index), Losses = RecordedLosses.Scored, CancellationToken = cancellationToken })),
        ];
        int vocabulary = simulator.Description.Auxiliary.VocabularySize;
        return
        [
            .. Enumerable.Range(0, settings.Count).Select(
                setting => CandidateScores.Of(query, [.. results.Select(each => each[setting].LogitsAfter!)], vocabulary)),
        ];
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
        : model.Run(
            new SimulationBatch(batch.BatchSize, batch.TokenCount, batch.InputIds, new float[batch.TrainingMask.Length])
            {
                PositionIds = batch.PositionIds,
                IclMask = batch.IclMask,
            },
            options).LogitsBefore!;

    /// <summary>Tokens at the beginning that all prompts share, if running them once saves a fifth of all at least. Windows count tokens of a sequence, not positions.</summary>
    private static int SharedTokens(ISimulator model, Place[] places)
    {
        if (places.Length < 2 || model.Description.Auxiliary.SlidingWindow > 0)
            return 0;
        int shared = PackedPrompts.SharedTokens([.. places.Select(place => (place.Part, place.Rows - 1))]);
        long alone = places.Sum(place => (long)place.Part.TokenCount);
        long packed = Sequences(model, places, shared).Sum(sequence => shared + sequence.Sum(place => (long)PackedPrompts.OwnTokens(place.Part, shared)));
        return 5 * packed <= 4 * alone ? shared : 0;
    }

    /// <summary>Prompts that run as one sequence each: as many as fit the context.</summary>
    private static IEnumerable<List<Place>> Sequences(ISimulator model, IEnumerable<Place> places, int shared)
    {
        int most = model.Description.Auxiliary.MaxPositionEmbeddings;
        List<Place> sequence = [];
        int tokens = shared;
        foreach (Place place in places)
        {
            int own = PackedPrompts.OwnTokens(place.Part, shared);
            if (sequence.Count > 0 && tokens + own > most)
            {
                yield return sequence;
                (sequence, tokens) = ([], shared);
            }

            sequence.Add(place);
            tokens += own;
        }

        yield return sequence;
    }

    private static IEnumerable<(Place Place, float[] Rows)> InSequences(ISimulator model, Place[] places, int shared, CancellationToken cancellationToken)
    {
        foreach (List<Place> sequence in Sequences(model, places, shared))
        {
            PackedPrompts packed = new([.. sequence.Select(place => (place.Part, place.Rows - 1))], shared);
            RunOptions options = new() { LogitRows = packed.LogitRows, Losses = RecordedLosses.Scored, CancellationToken = cancellationToken };
            float[] all = LogitsOf(model, packed.ToBatch(), options);
            foreach ((Place place, float[] rows) in sequence.Zip(packed.Split(all, model.Description.Auxiliary.VocabularySize)))
                yield return (place, rows);
        }
    }

    private static IEnumerable<(Place Place, float[] Rows)> InBatches(ISimulator model, Place[] places, CancellationToken cancellationToken)
    {
        foreach (var alike in places.GroupBy(place => (place.Part.TokenCount, place.Rows)))
        {
            foreach (Place[] batch in alike.Chunk(Math.Max(1, TokensTogether / alike.Key.TokenCount)))
            {
                RunOptions options = new() { LogitRows = alike.Key.Rows, Losses = RecordedLosses.Scored, CancellationToken = cancellationToken };
                float[] all = LogitsOf(model, Batch([.. batch.Select(place => place.Part)]), options);
                int length = alike.Key.Rows * model.Description.Auxiliary.VocabularySize;
                for (int index = 0; index < batch.Length; index++)
                    yield return (batch[index], all[(index * length)..((index + 1) * length)]);
            }
        }
    }

    private static SimulationBatch Batch(Prompt[] prompts) => new(
        prompts.Length, prompts[0].TokenCount, [.. prompts.SelectMany(prompt => prompt.Ids)], [.. prompts.SelectMany(prompt => prompt.CreateTrainingMask())])
    {
        PositionIds = [.. prompts.SelectMany(prompt => prompt.Positions)],
    };

    /// <summary>A prompt of a query, what its score depends on, and the rows of logits at its end.</summary>
    private sealed record Place(int Query, int Prompt, Prompt Part, int Rows);
}
