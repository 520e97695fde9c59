using TinT.Compiler.Construction;
using TinT.Literal.Modules;
using TinT.Literal.Schedule;
using TinT.Literal.Simulator;

namespace TinT.Accounting.Literal;

/// <summary>A row of the accounting table: one auxiliary module with the parameters of the simulator's modules that stand for it.</summary>
/// <param name="Name">
/// The auxiliary module. Copies of a feed-forward module share their parameters; forward, so do the projections to q, k and v, which belong to
/// <c>attention</c>.
/// </param>
/// <param name="Forward">Parameters of its forward module in one block.</param>
/// <param name="Backward">Parameters of its backward module in one block.</param>
/// <param name="Descent">Parameters of its descent module in one block.</param>
/// <param name="ForwardBlocks">Blocks with a forward module of their own.</param>
/// <param name="BackwardBlocks">Blocks with a backward and descent module of their own.</param>
public sealed record ModuleParameters(string Name, long Forward, long Backward, long Descent, int ForwardBlocks, int BackwardBlocks)
{
    /// <summary>Parameters in all blocks.</summary>
    public long Total => (Forward * ForwardBlocks) + ((Backward + Descent) * BackwardBlocks);

    /// <summary>The rows of a simulator, in the order in which modules first run.</summary>
    /// <param name="layout">The simulator.</param>
    public static IReadOnlyList<ModuleParameters> Of(LiteralLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        int steps = layout.Graph.Spec.Training.Steps;
        int layers = layout.Graph.Spec.Training.Layers;
        Dictionary<ProgramModule, ModuleCall> firstCalls = new(ReferenceEqualityComparer.Instance);
        foreach (ModuleCall call in LiteralSchedule.Of(layout, layers, steps).OfType<ModuleCall>())
            firstCalls.TryAdd(call.Module, call);
        return [.. firstCalls.Values.GroupBy(NameOf).Select(group => Row(group.Key, [.. group]))];
    }

    private static ModuleParameters Row(string name, IReadOnlyList<ModuleCall> calls)
    {
        // Blocks of one kind are alike; the first one's modules are counted.
        long Count(Direction direction) => calls
            .Where(call => call.Source.Direction == direction)
            .GroupBy(call => call.Block)
            .Select(block => block.Sum(call => call.Module.Parameters.Sum(parameter => parameter.Count)))
            .FirstOrDefault();
        int Blocks(bool forward) => calls.Where(call => call.Source.Direction == Direction.Forward == forward).Select(call => call.Block).Distinct().Count();
        return new ModuleParameters(name, Count(Direction.Forward), Count(Direction.Backward), Count(Direction.Descent), Blocks(true), Blocks(false));
    }

    private static string NameOf(ModuleCall call) =>
        call.Source.Direction == Direction.Forward && LiteralBlock.IsPartOfAttention(call.Source) ? "attention" : call.Source.Name;
}
