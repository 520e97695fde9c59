using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Layout;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>What attention kernels say alike.</summary>
internal static class AttentionText
{
    /// <summary>The parameters that tell which keys a query sees, and what their distance adds to scores.</summary>
    /// <param name="model">The model.</param>
    public static IEnumerable<IlgpuParameter> Parameters(CompiledModel model) => Rows(model).Select(row => row.Parameter);

    /// <summary>Their arguments in the launch of a layer.</summary>
    /// <param name="model">The model.</param>
    public static IEnumerable<string> Launched(CompiledModel model) => Rows(model).Select(row => row.Argument);

    /// <summary>The model's heads, with what scores are made of, and which keys queries see.</summary>
    /// <param name="model">The model.</param>
    public static string[] Arguments(CompiledModel model)
    {
        AuxiliaryDescription auxiliary = model.Spec.Auxiliary.Model;
        string[] heads =
        [
            Integer(auxiliary.HeadCount),
            Integer(auxiliary.HeadSize),
            Float(auxiliary.ScoreScale),
            .. auxiliary.GroupSize == 1 ? Array.Empty<string>() : [$"groupSize: {Integer(auxiliary.GroupSize)}"],
            .. HasDistances(auxiliary) ? ["alibi: new Alibi(slopes, positions)"] : Array.Empty<string>(),
            .. auxiliary.ScoreCap is { } cap ? [$"cap: new ScoreCap({Float(cap)})"] : Array.Empty<string>(),
        ];
        return [$"new AttentionHeads({string.Join(", ", heads)})", $"new Visibility(mask, masked, tokens{(HasWindow(auxiliary) ? ", window" : string.Empty)})"];
    }

    /// <summary>Groups of a launch: one for each tile of queries, head and part of a head's columns.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">Queries.</param>
    public static string Tiles(CompiledModel model, string rows) => $"AttentionTiles({rows}, HeadCount, {Integer(model.Spec.Auxiliary.HeadSize)})";

    /// <summary>Groups of a launch: one for each tile of keys, head of keys and part of a head's columns.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">Keys.</param>
    public static string KeyTiles(CompiledModel model, string rows)
    {
        AuxiliaryDescription auxiliary = model.Spec.Auxiliary.Model;
        return auxiliary.GroupSize == 1 ? Tiles(model, rows) : $"AttentionTiles({rows}, {Integer(auxiliary.KeyValueHeadCount)}, {Integer(auxiliary.HeadSize)})";
    }

    /// <summary>Whether distances add something to scores.</summary>
    /// <param name="model">The model.</param>
    public static bool HasDistances(AuxiliaryDescription model) => model.Positions == PositionKind.Alibi;

    /// <summary>Whether some layers have a window.</summary>
    /// <param name="model">The model.</param>
    public static bool HasWindow(AuxiliaryDescription model) => model.SlidingWindow > 0;

    private static IEnumerable<(IlgpuParameter Parameter, string Argument)> Rows(CompiledModel model)
    {
        AuxiliaryDescription auxiliary = model.Spec.Auxiliary.Model;
        yield return (IlgpuParameter.Floats("mask", "ICL mask, [T, T], 0 where attention is forbidden; not read if masked is 0."), "Mask");
        if (HasDistances(auxiliary))
        {
            yield return (IlgpuParameter.Floats("slopes", $"Slope of each head, [{auxiliary.HeadCount}]."), "Slopes");
            yield return (IlgpuParameter.Integers("positions", "Positions, [T]."), "Positions");
        }

        yield return (IlgpuParameter.Count("masked", "Whether there is an ICL mask: 1 or 0."), "Masked");
        yield return (IlgpuParameter.Count("tokens", "Tokens T."), "run.Tokens");
        if (HasWindow(auxiliary))
            yield return (IlgpuParameter.Count("window", "Keys that a query sees at most, its own included."), "Window(layer)");
    }
}
