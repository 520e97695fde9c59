namespace TinT.Evaluation.InContext.Prompts;

/// <summary>The demonstrations of a prompt as the authors' dynamic evaluation learns them, once for all queries, slips included.</summary>
/// <remarks>
/// Labels are all tokens whose id is that of a label, wherever they stand. Not repeated: dropout, and that the authors split the text of the ids at the separator's,
/// which may also occur inside other numbers.
/// </remarks>
public static class DynamicEvaluation
{
    /// <summary>How names of methods begin that learn so, and therefore at other rates.</summary>
    public const string Name = "dynamic evaluation";

    /// <summary>The token that all targets are with the context loss of joint demonstrations: a slip.</summary>
    private const int EveryTarget = 1;

    /// <summary>Whether a method of this name learns so.</summary>
    /// <param name="method">The name.</param>
    public static bool IsNameOf(string method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return method.StartsWith(Name, StringComparison.Ordinal);
    }

    /// <summary>The texts to learn.</summary>
    /// <param name="query">A prompt of one query with the demonstrations; its candidates are the labels.</param>
    /// <param name="options">Which layout and loss.</param>
    /// <param name="paddingId">What fills shorter texts up, and counts as target with the context loss; <see langword="null"/> to leave them short.</param>
    public static IReadOnlyList<LearnedText> TextsOf(QueryPrompts query, PromptOptions options, int? paddingId)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(options);
        Prompt prompt = query.Prompts[0];
        int[] start = options.StartId is int id ? [id] : [];
        int[][] demonstrations =
        [
            .. Enumerable.Range(0, Math.Max(0, prompt.Examples[^1]))
                .Select(example => prompt.Ids.Where((_, token) => prompt.Examples[token] == example).ToArray())
                .Where(ids => ids.Length > 0),
        ];
        if (demonstrations.Length == 0)
            return [];
        return options.Layout == PromptLayout.Joint
            ? [Joint(start, demonstrations, options.Loss, query.CandidateIds)]
            : [.. Padded([.. demonstrations.Select(ids => start.Concat(ids).ToArray())], paddingId).Select(
                text => Separate(text.Ids, text.Length, options.Loss, query.CandidateIds))];
    }

    private static IEnumerable<(int[] Ids, int Length)> Padded(int[][] texts, int? paddingId)
    {
        int longest = texts.Max(text => text.Length);
        return texts.Select(text => (paddingId is int id ? [.. text, .. Enumerable.Repeat(id, longest - text.Length)] : text, text.Length));
    }

    /// <summary>A demonstration of its own: nothing attends to its last token, nor to what fills it up.</summary>
    private static LearnedText Separate(int[] ids, int length, PromptLoss loss, IReadOnlyList<int> labels)
    {
        int[] positions = [.. Enumerable.Range(0, ids.Length).Select(token => token < length - 1 ? token : LearnedText.Hidden)];
        return new LearnedText(ids, positions, Targets(ids, loss, labels), Visible(ids.Length, (_, other) => positions[other] != LearnedText.Hidden));
    }

    /// <summary>All demonstrations in a row, without what separates them: each sees itself only, and the first one the start.</summary>
    private static LearnedText Joint(int[] start, int[][] demonstrations, PromptLoss loss, IReadOnlyList<int> labels)
    {
        int[] ids = [.. start, .. demonstrations.SelectMany(each => each)];
        int[] examples = [.. start.Select(_ => 0), .. demonstrations.SelectMany((each, example) => each.Select(_ => example))];
        int[] targets = loss == PromptLoss.Context
            ? [.. Enumerable.Repeat(EveryTarget, ids.Length - 1), LearnedText.NoTarget]
            : Targets(ids, loss, labels);
        return new LearnedText(ids, [.. Enumerable.Range(0, ids.Length)], targets, Visible(ids.Length, (token, other) => examples[token] == examples[other]));
    }

    /// <summary>The token that follows each; with the label loss only where that is a label.</summary>
    private static int[] Targets(int[] ids, PromptLoss loss, IReadOnlyList<int> labels) =>
        [.. ids.Skip(1).Select(next => loss == PromptLoss.Context || labels.Contains(next) ? next : LearnedText.NoTarget), LearnedText.NoTarget];

    private static float[] Visible(int tokens, Func<int, int, bool> sees)
    {
        float[] visible = new float[tokens * tokens];
        for (int token = 0; token < tokens; token++)
        {
            for (int other = 0; other <= token; other++)
                visible[(token * tokens) + other] = sees(token, other) ? 1 : 0;
        }

        return visible;
    }
}
