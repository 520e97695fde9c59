using TinT.Compiler.Construction;
using TinT.Compiler.Layout;
using TinT.Compiler.Specs;
using TinT.Compiler.Text;

namespace TinT.Compiler.Emission;

/// <summary>Writes where the literal construction keeps weights and memory, as remarks of the simulator.</summary>
internal static class PrefixTable
{
    public static void Write(CodeWriter code, CompiledModel model)
    {
        SimulatorSpec simulator = model.Spec.Simulator;
        int width = model.Spec.Auxiliary.HiddenSize;
        int sharding = simulator.Sharding;
        code.Line("/// <remarks>");
        code.Line($"/// <para>The literal simulator has H = {simulator.HiddenSize.Value}, {simulator.HeadCount.Value} heads of {simulator.HiddenSize.Value / simulator.HeadCount.Value} coordinates and P = {simulator.PrefixTokens} prefix embeddings for each {width}×{width} matrix.</para>");
        code.Line($"/// <para>Prefix p holds rows {sharding}p … {sharding}p+{sharding - 1} in coordinates 0 … {(sharding * width) - 1} and the bias in {sharding * width} … {((sharding + 1) * width) - 1}. Without the padding that is a row-major matrix, which is how the kernels read it.</para>");
        code.Line("/// <list type=\"table\">");
        code.Line("/// <listheader><term>module</term><description>memory in each token's embedding</description></listheader>");
        foreach (SimulatorModule module in model.Graph.ForwardBlock.Where(m => m.Memory.Count > 0 && m.Matrix is not { Copy: > 0 }).GroupBy(m => m.Name).Select(
            g => g.First()))
        {
            string slots = string.Join(", ", module.Memory.Select(m => $"{m.Signal} at {m.Start} … {m.Start + m.Width - 1}"));
            code.Line($"/// <item><term>{module.Kind} {module.Name}</term><description>{slots}</description></item>");
        }

        code.Line("/// </list>");
        code.Line("/// </remarks>");
    }
}
