using TinT.Evaluation.InContext.Prompts;

namespace TinT.Evaluation.InContext.Protocol;

/// <summary>The setting that was chosen for a row of a table.</summary>
/// <param name="Method">Name of the method.</param>
/// <param name="Task">Name of the task.</param>
/// <param name="Shots">Demonstrations.</param>
/// <param name="TrainSeed">The seed it was chosen for; <see langword="null"/> for all together.</param>
/// <param name="Layout">What examples see of each other.</param>
/// <param name="Loss">What is learned.</param>
/// <param name="Calibration">What scores are compared.</param>
/// <param name="Setting">The setting.</param>
/// <param name="Accuracy">What it was chosen by: mean accuracy over seeds.</param>
/// <param name="Diverged">Runs of all settings that have a score that is not a number.</param>
/// <param name="Settings">Settings it was chosen from.</param>
public sealed record Choice(
    string Method,
    string Task,
    int Shots,
    int? TrainSeed,
    PromptLayout Layout,
    PromptLoss Loss,
    Calibration Calibration,
    InnerSetting Setting,
    double Accuracy,
    int Diverged,
    int Settings);
