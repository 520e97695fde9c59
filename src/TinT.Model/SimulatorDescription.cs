namespace TinT.Model;

/// <summary>What a simulator simulates; strings are those of the spec.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Auxiliary">The auxiliary transformer.</param>
/// <param name="Training">The inner training as compiled.</param>
/// <param name="Sharding">Weight rows per prefix embedding, S.</param>
/// <param name="PrefixTokens">Prefix embeddings per matrix, P.</param>
/// <param name="HiddenSize">Embedding size H of the simulator.</param>
/// <param name="HeadCount">Attention heads of the simulator.</param>
public sealed record SimulatorDescription(
    string Model,
    AuxiliaryDescription Auxiliary,
    TrainingDescription Training,
    int Sharding,
    int PrefixTokens,
    int HiddenSize,
    int HeadCount);
