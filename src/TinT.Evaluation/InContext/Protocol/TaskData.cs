using TinT.Evaluation.InContext.Data;
using TinT.Evaluation.InContext.Tasks;

namespace TinT.Evaluation.InContext.Protocol;

/// <summary>A task with its data.</summary>
/// <param name="Name">The task's name.</param>
/// <param name="Template">Its prompts.</param>
/// <param name="Training">What demonstrations are drawn from.</param>
/// <param name="Test">What queries are drawn from.</param>
public sealed record TaskData(string Name, TaskTemplate Template, LabelledTexts Training, LabelledTexts Test);
