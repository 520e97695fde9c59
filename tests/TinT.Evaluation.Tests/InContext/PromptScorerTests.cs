using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Scoring;
using TinT.Model;
using TinT.Runtime.Simulation;

namespace TinT.Evaluation.Tests.InContext;

/// <summary>Scoring many queries at once, by a model whose logits tell exactly what a row sees.</summary>
public sealed class PromptScorerTests
{
    private const int Shared = 20;

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(2, true)]
    public void Queries_behind_the_same_tokens_run_them_once_and_score_as_alone(int candidateTokens, bool eachCandidate)
    {
        QueryPrompts[] queries = [.. Enumerable.Range(0, 9).Select(query => Query(query, 3 + (query % 4), candidateTokens, eachCandidate))];
        SeeingModel alone = new(context: 40);
        SeeingModel together = new(context: 40);

        double[][] expected = [.. queries.Select(query => PromptScorer.Score(alone, [query])[0])];
        double[][] scores = PromptScorer.Score(together, queries);

        Assert.Equal(expected, scores);
        // Candidates of several tokens share their query even alone.
        Assert.InRange(together.Tokens, 1, alone.Tokens * 9 / 10);
    }

    [Fact]
    public void Models_with_windows_and_queries_with_nothing_in_common_run_in_batches_of_one_length()
    {
        QueryPrompts[] queries = [.. Enumerable.Range(0, 6).Select(query => Query(query, 3, 1, eachCandidate: false))];
        SeeingModel windowed = new(context: 40, window: 16);
        PromptScorer.Score(windowed, queries);
        Assert.Equal((1, 6 * (Shared + 3)), (windowed.Runs, windowed.Tokens));

        QueryPrompts[] others = [.. Enumerable.Range(0, 6).Select(query => Query(query, 3, 1, eachCandidate: false, first: query))];
        SeeingModel model = new(context: 40);
        PromptScorer.Score(model, others);
        Assert.Equal((1, 6 * (Shared + 3)), (model.Runs, model.Tokens));
    }

    /// <summary>A query behind the shared tokens: some of its own, the last of which are the candidate's.</summary>
    private static QueryPrompts Query(int query, int tokens, int candidateTokens, bool eachCandidate, int first = 0)
    {
        Prompt Of(int candidate)
        {
            int[] ids =
            [
                first, .. Enumerable.Range(1, Shared - 1), .. Enumerable.Range(0, tokens - 1).Select(token => 30 + (query * 5) + token),
                .. Enumerable.Repeat(90 + candidate, candidateTokens),
            ];
            return new Prompt
            {
                Text = string.Empty,
                Ids = ids,
                CandidateTokens = candidateTokens,
                Examples = new int[ids.Length],
                Positions = [.. Enumerable.Range(0, ids.Length)],
                GradientMask = null,
                IsSplit = false,
                HasStart = false,
            };
        }

        return eachCandidate || candidateTokens > 1 ? new QueryPrompts([Of(0), Of(1)], []) : new QueryPrompts([Of(0)], [90, 91]);
    }

    /// <summary>Logits of a row are made of the tokens and positions that it sees, in whatever order.</summary>
    private sealed class SeeingModel(int context, int window = 0) : ISimulator
    {
        private const int Vocabulary = 100;

        public int Runs { get; private set; }

        public int Tokens { get; private set; }

        public SimulatorDescription Description { get; } = new(
            "Seeing",
            new AuxiliaryDescription("gpt2", Vocabulary, context, 8, 2, 2, 32, "gelu_new", 1e-5) { SlidingWindow = window },
            new TrainingDescription(1, 2, 0.25, "softmax", "bias", "values", 1000, "none"),
            Sharding: 2,
            PrefixTokens: 4,
            HiddenSize: 32,
            HeadCount: 4);

        public SimulationResult Run(SimulationBatch batch, RunOptions? options = null)
        {
            Runs++;
            Tokens += batch.InputIds.Length;
            int rows = options!.CountLogitRows(batch.TokenCount);
            float[] logits = new float[batch.BatchSize * rows * Vocabulary];
            for (int sequence = 0; sequence < batch.BatchSize; sequence++)
            {
                for (int row = 0; row < rows; row++)
                    Fill(batch, sequence, batch.TokenCount - rows + row, logits.AsSpan(((sequence * rows) + row) * Vocabulary, Vocabulary));
            }

            return new SimulationResult
            {
                BatchSize = batch.BatchSize,
                TokenCount = batch.TokenCount,
                VocabularySize = Vocabulary,
                LogitsBefore = logits,
                TokenLossesBefore = [],
                TokenLossesAfter = [],
                LossesBefore = [],
                LossesAfter = [],
            };
        }

        public void Dispose()
        {
        }

        private static void Fill(SimulationBatch batch, int sequence, int token, Span<float> logits)
        {
            int start = sequence * batch.TokenCount;
            uint seen = 0;
            for (int other = 0; other <= token; other++)
            {
                if (batch.IclMask is null || batch.IclMask[((start + token) * batch.TokenCount) + other] != 0)
                    seen += (uint)(((batch.InputIds[start + other] + 1) * 7919) ^ (batch.PositionIds![start + other] * 104729));
            }

            for (int id = 0; id < logits.Length; id++)
                logits[id] = MathF.Sin((seen % 10007) + id);
        }
    }
}
