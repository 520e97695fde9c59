using System.Globalization;
using System.Text;
using TinT.Cli.Rendering;
using TinT.Evaluation.InContext.Data;
using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Protocol;
using TinT.Evaluation.Tokenizers;
using TinT.Reports.InContext;
using TinT.Reports.Tables;

namespace TinT.Cli.Jobs;

/// <summary>Prompts as tables of tokens: what each is, where it stands, and what is done with it.</summary>
internal static class PromptViews
{
    /// <summary>Writes the first prompts of a task, with the first set of demonstrations of each number of shots, in each layout and loss.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="task">The task.</param>
    /// <param name="count">Queries.</param>
    public static void Write(TintConsole console, InContextPlan plan, PlannedTask task, int count)
    {
        foreach (DemonstrationSet set in task.Demonstrations.DistinctBy(set => set.Shots))
        {
            foreach (PromptLayout layout in plan.LayoutsOf(set.Shots))
            {
                foreach (PromptLoss loss in plan.Options.Losses)
                {
                    PromptBuilder builder = plan.BuilderOf(task.Data, layout, loss);
                    foreach (int row in task.Evaluation.Take(count))
                    {
                        LabelledText text = task.Data.Test.Rows[row];
                        string title = string.Create(
                            CultureInfo.InvariantCulture,
                            $"{task.Data.Name}, row {row} (class {text.Label}), {set.Shots} shots of seed {set.Seed}, {InContextWords.Of(layout)}, {InContextWords.Of(loss)} loss");
                        console.Write(Table(title, builder.BuildAll(set.Texts, text.Text), plan));
                        console.WriteLine();
                    }
                }
            }
        }
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
                new(training[token] == 0 ? "candidate" : IsLearned(prompt, training, token) ? "learned" : "read"),
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
