using TinT.Compiler.Specs;

namespace TinT.Compiler.Construction;

/// <summary>How a gradient passes a kind of forward module: the one thing that a kind has to say about backward passes and descents.</summary>
internal abstract class BackwardRule
{
    /// <summary>The inputs, by their places, that a gradient at the outputs reaches.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="module">The forward module.</param>
    public abstract IEnumerable<int> Reached(ModelSpec spec, SimulatorModule module);

    /// <summary>The backward modules, which make gradients of what is reached, and descents.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="module">The forward module.</param>
    /// <param name="gradients">Gradient at each of its outputs.</param>
    /// <param name="inputs">For each input the signal for its gradient, or for the share of it that comes through this module.</param>
    public abstract IEnumerable<SimulatorModule> Derive(ModelSpec spec, SimulatorModule module, IReadOnlyList<Signal> gradients, IReadOnlyList<Signal> inputs);

    /// <summary>Whether the gradient at each reached input is the one at the output, or at the output of its place, and needs no module.</summary>
    /// <param name="spec">The spec.</param>
    public virtual bool IsIdentity(ModelSpec spec) => false;

    /// <summary>The rule of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <exception cref="InvalidOperationException">It stands in no block.</exception>
    public static BackwardRule Of(ModuleKind kind) => kind switch
    {
        ModuleKind.Linear => LinearModule.Backward,
        ModuleKind.Projection => ProjectionModule.Backward,
        ModuleKind.Norm => NormModule.Backward,
        ModuleKind.HeadNorm => HeadNormModule.Backward,
        ModuleKind.Rotation => RotationModule.Backward,
        ModuleKind.Attention => AttentionModule.Backward,
        ModuleKind.Activation => ActivationModule.Backward,
        ModuleKind.Gate => GateModule.Backward,
        ModuleKind.Residual => ResidualModule.Backward,
        ModuleKind.Embedding or ModuleKind.EmbeddingNorm or ModuleKind.LossGradient => throw new InvalidOperationException(
            $"{kind} has nothing behind it that is trained."),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
