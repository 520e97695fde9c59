using TinT.Compiler.Specs;

namespace TinT.Compiler.Construction;

/// <summary>The construction for one spec: modules of each kind of pass. A pass repeats its block for each layer it covers.</summary>
/// <remarks>
/// Order of the passes: embedding; forward over all layers; final norm; then, for every inner step, loss gradient,
/// backward through the final norm and the trained layers from the top, forward again over the trained layers, final norm.
/// </remarks>
/// <param name="Spec">The spec.</param>
/// <param name="Heads">How the heads of a linear module divide its matrix.</param>
/// <param name="Embedding">The embedding module.</param>
/// <param name="ForwardBlock">Forward modules of one auxiliary layer.</param>
/// <param name="FinalNorm">Forward modules of the final norm.</param>
/// <param name="LossGradient">Head and loss.</param>
/// <param name="FinalNormBackward">Backward and descent modules of the final norm.</param>
/// <param name="BackwardBlock">Backward and descent modules of one auxiliary layer, in order of execution.</param>
public sealed record LayerGraph(
    ModelSpec Spec,
    HeadSplit Heads,
    EquatableArray<SimulatorModule> Embedding,
    EquatableArray<SimulatorModule> ForwardBlock,
    EquatableArray<SimulatorModule> FinalNorm,
    EquatableArray<SimulatorModule> LossGradient,
    EquatableArray<SimulatorModule> FinalNormBackward,
    EquatableArray<SimulatorModule> BackwardBlock);
