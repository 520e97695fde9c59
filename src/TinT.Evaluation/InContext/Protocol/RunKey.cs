using TinT.Evaluation.InContext.Prompts;

namespace TinT.Evaluation.InContext.Protocol;

/// <summary>What a run is: one method in one setting on one draw, with one set of demonstrations.</summary>
/// <param name="Method">Name of the method.</param>
/// <param name="Task">Name of the task.</param>
/// <param name="Shots">Demonstrations.</param>
/// <param name="TrainSeed">Seed of their draw.</param>
/// <param name="Layout">What examples see of each other.</param>
/// <param name="Loss">What is learned; <see langword="null"/> where nothing is.</param>
/// <param name="Setting">The inner setting; <see langword="null"/> where nothing is learned.</param>
/// <param name="Draw">The queries.</param>
public sealed record RunKey(string Method, string Task, int Shots, int TrainSeed, PromptLayout Layout, PromptLoss? Loss, InnerSetting? Setting, Draw Draw);
