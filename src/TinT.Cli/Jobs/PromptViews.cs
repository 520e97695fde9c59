using System.Globalization;
using System.Text;
using TinT.Evaluation.InContext.Data;
using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Protocol;
using TinT.Evaluation.Tokenizers;
using TinT.Reports.Html;
using TinT.Reports.InContext;
using TinT.Reports.Tables;

namespace TinT.Cli.Jobs;

/// <summary>Prompts as tables of tokens: what each is, where it stands, and what is done with it.</summary>
internal static class PromptViews
{
    /// <summary>The first prompts of each task, with the first set of demonstrations of each number of shots, in each layout and loss.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="count">Queries of a task.</param>
    public static IEnumerable<ReportTable> Of(InContextPlan plan, int count) =>
        from task in plan.Tasks
        from set in task.Demonstrations.DistinctBy(set => set.Shots)
        from layout in plan.LayoutsOf(set.Shots)
        from loss in plan.Options.Losses
        from row in task.Evaluation.Take(count)
        let text = task.Data.Test.Rows[row]
        let title = string.Create(
            CultureInfo.InvariantCulture,
            $"{task.Data.Name}, row {row} (class {text.Label}), {set.Shots} shots of seed {set.Seed}, ") + $"{InContextWords.Of(layout)}, {InContextWords.Of(loss)} loss"
        select Table(title, plan.BuilderOf(task.Data, layout, loss).BuildAll(set.Texts, text.Text), plan);

    /// <summary>A page of them.</summary>
    /// <param name="model">Name of the model.</param>
    /// <param name="prompts">The tables.</param>
    public static HtmlPage Page(string model, IEnumerable<ReportTable> prompts)
    {
        HtmlPage page = new($"Prompts of {model}", "Token by token: where each stands, what it sees, and what the inner step does with it.");
        foreach (ReportTable prompt in prompts)
            page.Table(prompt);
        return page;
    }

    private static ReportTable Table(string title, QueryPrompts query, InContextPlan plan)
    {
        Prompt prompt = query.Prompts[0];
        float[] training = prompt.CreateTrainingMask();
        ReportRow[] rows =
        [
            .. Enumerable.Range(0, prompt.TokenCount).Select(token => new ReportRow(
            [
                new(Whole(token)),
                new(Whole(prompt.Ids[token])),
                new(Piece(plan, prompt.Ids[token])),
                new(Whole(prompt.Positions[token])),
                new(prompt.Examples[token] switch
                {
                    Prompt.Nobody => "–",
                    var example => example == prompt.Examples[^1] ? "query" : Whole(example + 1),
                }),
                training[token] == 0 ? new("candidate") : IsLearned(prompt, training, token) ? new("learned", CellEmphasis.Best) : new("read"),
                new(Visible(prompt, token)),
            ])),
        ];
        string candidates = query.CandidateIds.Count > 0
            ? $"Candidates in last place: {string.Join(", ", query.CandidateIds.Select(id => $"{Whole(id)} {Piece(plan, id)}"))}."
            : "Labels have several tokens: each candidate has a prompt of its own; this is the first.";
        return new ReportTable(
            title,
            [new("token", true), new("id", true), new("piece", false), new("position", true), new("example", false), new("use", false), new("sees", false)],
            [rows],
            [candidates, "learned: the inner step learns to predict it; read: it is only read; candidate: neither learned nor seen."]);
    }

    /// <summary>Whether the token in front of it learns to predict it.</summary>
    private static bool IsLearned(Prompt prompt, float[] training, int token) =>
        token > 0 && training[token - 1] != 0 && (prompt.GradientMask?[token] ?? 1) != 0;

    /// <summary>The tokens that one sees, as ranges.</summary>
    private static string Visible(Prompt prompt, int token)
    {
        StringBuilder text = new();
        for (int first = 0; first <= token; first++)
        {
            if (!prompt.Sees(token, first))
                continue;
            int last = first;
            while (last < token && prompt.Sees(token, last + 1))
                last++;
            text.Append(text.Length == 0 ? "" : ", ").Append(Whole(first)).Append(last == first ? "" : $"–{Whole(last)}");
            first = last;
        }

        return text.ToString();
    }

    private static string Piece(InContextPlan plan, int id) =>
        plan.Tokenizer.DecodeToken(id).Replace(' ', '␣').Replace("\n", "⏎", StringComparison.Ordinal);

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
