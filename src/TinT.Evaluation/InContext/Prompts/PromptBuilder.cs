using System.Text;
using TinT.Evaluation.InContext.Data;
using TinT.Evaluation.InContext.Tasks;
using TinT.Evaluation.Sweeps;
using TinT.Evaluation.Tokenizers;
using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.InContext.Prompts;

/// <summary>Builds the prompts of a task, as the language-classification experiments of the TinT paper (arXiv 2307.01189) do.</summary>
/// <param name="tokenizer">The auxiliary model's tokenizer.</param>
/// <param name="template">The task's texts.</param>
/// <param name="options">What is seen and learned.</param>
public sealed class PromptBuilder(ITokenizer tokenizer, TaskTemplate template, PromptOptions options)
{
    /// <summary>Tokens of a candidate at the end of a query: those of the query less those of the query without it.</summary>
    /// <param name="text">The query's text; <see langword="null"/> for the premise.</param>
    /// <param name="candidate">The class in the label's place.</param>
    public int CandidateTokens(string? text, int candidate) => Count(template.Query(text, candidate)) - Count(template.Unlabelled(text));

    /// <summary>The prompts that score every candidate: one if all candidates have one token, for what stands in last place is neither learned nor seen.</summary>
    /// <param name="demonstrations">Demonstrations, in their order.</param>
    /// <param name="text">The query's text; <see langword="null"/> for the premise, which calibrates.</param>
    /// <exception cref="EvaluationException">The authors' code is repeated, and candidates have different numbers of tokens.</exception>
    /// <exception cref="TokenizerFormatException">The tokenizer's tokens are not the text.</exception>
    public QueryPrompts BuildAll(IReadOnlyList<LabelledText> demonstrations, string? text)
    {
        int[] lengths = [.. Enumerable.Range(0, template.ClassCount).Select(candidate => CandidateTokens(text, candidate))];
        if (options.Authors && lengths.Distinct().Count() > 1)
        {
            throw new EvaluationException(
                $"The labels {string.Join(", ", template.Labels)} have {string.Join(", ", lengths)} tokens; the authors' code, which is repeated here, stops at labels of unequal length. Take labels of one length, or the default compatibility.");
        }

        if (!options.Authors && lengths.Any(length => length != 1))
            return new QueryPrompts([.. lengths.Select((_, candidate) => Build(demonstrations, text, candidate))], []);
        Prompt prompt = Build(demonstrations, text, candidate: 0);
        return new QueryPrompts(
            [prompt], [prompt.LastId, .. Enumerable.Range(1, template.ClassCount - 1).Select(candidate => LastId(template.Query(text, candidate)))]);
    }

    /// <summary>The prompt: demonstrations with their labels, then the query with a candidate.</summary>
    /// <param name="demonstrations">Demonstrations, in their order.</param>
    /// <param name="text">The query's text; <see langword="null"/> for the premise, which calibrates.</param>
    /// <param name="candidate">The class in the query's place of a label.</param>
    /// <exception cref="TokenizerFormatException">The tokenizer's tokens are not the text.</exception>
    public Prompt Build(IReadOnlyList<LabelledText> demonstrations, string? text, int candidate)
    {
        ArgumentNullException.ThrowIfNull(demonstrations);
        string[] parts = [.. demonstrations.Select(row => template.Demonstration(row.Text, row.Label))];
        string query = template.Query(text, candidate);
        string whole = string.Concat(parts.Select(part => part + template.Separator)) + query;
        TokenizedText tokens = TokenizedText.Of(tokenizer, whole);
        int start = options.StartId is null ? 0 : 1;
        int[] examples = [.. Enumerable.Repeat(Prompt.Nobody, start + tokens.Ids.Count)];
        float[]? learned = options.Loss == PromptLoss.Label ? new float[examples.Length] : null;
        int begin = 0;
        int separators = 0;
        int end = 0;
        for (int example = 0; example < parts.Length; example++)
        {
            int first = tokens.FirstBehind(begin);
            separators = first - end;
            begin += Encoding.UTF8.GetByteCount(parts[example]);
            end = tokens.FirstBehind(begin);
            examples.AsSpan(start + first, end - first).Fill(example);
            learned?.AsSpan(start + end - LabelTokens(demonstrations[example]), LabelTokens(demonstrations[example])).Fill(1);
            begin += Encoding.UTF8.GetByteCount(template.Separator);
        }

        // The authors count on as many tokens between the last demonstration and the query as between demonstrations, although a premise may begin with a line feed.
        int queryStart = options.Authors && text is null && parts.Length > 1 ? end + separators : tokens.FirstBehind(begin);
        examples.AsSpan(start + queryStart).Fill(parts.Length);
        Prompt prompt = new()
        {
            Text = whole,
            Ids = [.. options.StartId is int id ? [id] : Array.Empty<int>(), .. tokens.Ids],
            CandidateTokens = CandidateTokens(text, candidate),
            Examples = examples,
            Positions = Positions(examples, start),
            GradientMask = learned,
            IsSplit = options.Layout == PromptLayout.Separate,
            HasStart = start > 0,
        };
        return options.CutTokens is int most && prompt.TokenCount > most ? prompt.Cut(most) : prompt;
    }

    /// <summary>Tokens of a demonstration's label.</summary>
    private int LabelTokens(LabelledText row)
    {
        int whole = Count(template.Demonstration(row.Text, row.Label));
        bool keepsSpace = options.Authors && template.AuthorsKeepLastSpace;
        return whole - Count(keepsSpace ? template.UnlabelledWithSpace(row.Text).TrimStart() : template.Unlabelled(row.Text).Trim());
    }

    /// <summary>0 … T − 1; where examples are split they begin anew in each, behind the first token that all share.</summary>
    private int[] Positions(int[] examples, int start)
    {
        int[] positions = [.. Enumerable.Range(0, examples.Length)];
        for (int token = start; token < examples.Length && options.Layout == PromptLayout.Separate; token++)
        {
            if (examples[token] != Prompt.Nobody)
                positions[token] = token > 0 && examples[token - 1] == examples[token] ? positions[token - 1] + 1 : start;
        }

        return positions;
    }

    private int Count(string text) => Encoded(text).Count;

    private int LastId(string text) => Encoded(text)[^1];

    private List<int> Encoded(string text)
    {
        List<int> ids = [];
        tokenizer.Encode(text, ids);
        return ids;
    }
}
