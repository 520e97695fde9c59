using TinT.Literal.Modules;
using TinT.Literal.Programs;

namespace TinT.Accounting.Literal;

/// <summary>One layer of the literal simulator.</summary>
/// <param name="Kind">Attention or MLP.</param>
/// <param name="Steps">What it does, in order.</param>
public sealed record SimulatorLayer(SimulatorLayerKind Kind, IReadOnlyList<ModuleStep> Steps)
{
    /// <summary>The layers that a module's program is.</summary>
    /// <param name="module">The module.</param>
    /// <remarks>
    /// A layer ends where another attention follows, where a map follows an attention, or where a third map would follow two; maps of the same embeddings, as the
    /// factors of a product have them, are beside each other and count once. What stands in front of the first map or attention belongs to its layer.
    /// </remarks>
    public static IReadOnlyList<SimulatorLayer> Of(ProgramModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        List<SimulatorLayer> layers = [];
        List<ModuleStep> steps = [];
        int maps = 0;
        bool attends = false;
        MapStep? last = null;
        foreach (ModuleStep step in module.Steps)
        {
            bool attention = step is AttentionStep or ScoreGradientStep;
            bool map = step is MapStep next && !(last is not null && last.From == next.From && last.To != last.From);
            if ((attention && (attends || maps > 0)) || (map && (attends || maps == 2)))
                End();
            attends |= attention;
            maps += map ? 1 : 0;
            steps.Add(step);
            last = step as MapStep ?? last;
        }

        End();
        return layers;

        void End()
        {
            layers.Add(new SimulatorLayer(attends ? SimulatorLayerKind.Attention : SimulatorLayerKind.Mlp, [.. steps]));
            steps.Clear();
            (maps, attends, last) = (0, false, null);
        }
    }
}
