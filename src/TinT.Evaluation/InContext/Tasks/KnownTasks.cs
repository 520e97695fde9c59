using TinT.Evaluation.Sweeps;

namespace TinT.Evaluation.InContext.Tasks;

/// <summary>The tasks of the TinT paper (arXiv 2307.01189), in the order of its table, with the templates of its code: 0 words, 1 signs instead of words, 2 other words.</summary>
public static class KnownTasks
{
    /// <summary>All. A new one is a line here.</summary>
    public static IReadOnlyList<ClassificationTask> All { get; } =
    [
        new("Subj", Templates("{text} This is {label}", "This is {label}", ["objective", "subjective"], ["@", "#"])),
        new(
            "AGNews",
            [
                .. Templates(
                    "Article: {text}\nWhat is the article about? Answer: {label}", "Answer: {label}", ["World", "Sports", "Business", "Technology"], ["#", "@", "$", "%"]),
                new(
                    "{text} What label best describes this news article? {label}",
                    "What label best describes this news article? {label}",
                    ["World politics", "Sports", "Business", "Science and technology"]),
            ]),
        Sentiment("SST2"),
        Sentiment("CR"),
        Sentiment("MR"),
        Sentiment("MPQA"),
        Sentiment("AmazonPolarity"),
        Sentiment("YelpPolarity"),
    ];

    /// <summary>The tasks of the paper's table.</summary>
    public static IReadOnlyList<ClassificationTask> OfTable { get; } = [.. All.Where(task => task.Name != "YelpPolarity")];

    /// <summary>A task by its name, in any case.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="EvaluationException">There is no such task.</exception>
    public static ClassificationTask Of(string name) =>
        All.FirstOrDefault(task => string.Equals(task.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new EvaluationException($"There is no task '{name}'; use {string.Join(", ", All.Select(task => task.Name))}, or describe it in a task file.");

    private static ClassificationTask Sentiment(string name) => new(
        name,
        [
            .. Templates("Review: {text}\nSentiment: {label}", "\nSentiment: {label}", ["Negative", "Positive"], ["@", "#"]),
            new("{text} It was {label}", "It was {label}", ["terrible", "great"]) { AuthorsKeepLastSpace = false },
        ]);

    private static TaskTemplate[] Templates(string text, string premise, IReadOnlyList<string> words, IReadOnlyList<string> signs) =>
        [new(text, premise, words), new(text, premise, signs)];
}
