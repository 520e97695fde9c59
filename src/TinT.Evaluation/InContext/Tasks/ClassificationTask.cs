namespace TinT.Evaluation.InContext.Tasks;

/// <summary>A set of labelled texts with the prompts that ask for the label.</summary>
/// <param name="Name">Its name, which is the name of its folder of data.</param>
/// <param name="Templates">Prompts, by their number.</param>
public sealed record ClassificationTask(string Name, IReadOnlyList<TaskTemplate> Templates);
