using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Protocol;

namespace TinT.Reports.InContext;

/// <summary>A row of the main table.</summary>
/// <param name="Calibration">What scores are compared.</param>
/// <param name="Shots">Demonstrations.</param>
/// <param name="Method">Name of the method.</param>
/// <param name="Layout">What examples see of each other; <see langword="null"/> for the best of all, and without demonstrations.</param>
/// <param name="Loss">What is learned; <see langword="null"/> for the best of all, and where nothing is.</param>
/// <param name="Tasks">Accuracies by task.</param>
/// <param name="Average">Their means.</param>
/// <param name="Gain">Over the auxiliary model with as many demonstrations; <see langword="null"/> for itself.</param>
public sealed record InContextRow(
    Calibration Calibration, int Shots, string Method, PromptLayout? Layout, PromptLoss? Loss, IReadOnlyList<Accuracy> Tasks, Accuracy Average, Gain? Gain);
