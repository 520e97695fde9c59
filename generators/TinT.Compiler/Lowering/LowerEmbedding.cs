using TinT.Compiler.Construction;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Lowering;

/// <summary>
/// The embedding → a kernel that looks its tables up. Where token embeddings have another width than the hidden state, positions start it and the projection of the
/// token embeddings is added to them.
/// </summary>
internal static class LowerEmbedding
{
    private const string Tokens = "embedding.token";
    private const string Positions = "embedding.position";

    public static IEnumerable<Kernel> Run(ModelSpec spec, SimulatorModule module)
    {
        AuxiliaryDescription model = spec.Auxiliary.Model;
        bool learned = model.Positions == PositionKind.Learned;
        Operand output = Operand.Of(module.Output[0]);
        if (!learned || !model.IsProjected)
            return [Embed(output, learned ? [Tokens, Positions] : [Tokens])];
        return [Embed(output, [Tokens]), Embed(new Operand(Signals.Hidden, 0, model.HiddenSize), [Positions])];

        Kernel Embed(Operand to, string[] tables) =>
            LowerModules.Token(KernelKind.Embed, module.Name, [], [to], module.Origin) with { Parameters = tables.ToEquatableArray() };
    }
}
