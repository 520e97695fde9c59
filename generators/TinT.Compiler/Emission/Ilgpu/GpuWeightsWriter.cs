using TinT.Compiler.Layout;
using static TinT.Compiler.Emission.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>Writes the device views of one layer's and of the model's weights, as loaded or as updated.</summary>
internal static class GpuWeightsWriter
{
    public static void Write(CodeWriter code, CompiledModel model)
    {
        string Arguments(string frozen, string trained, ParameterRegion frozenRegion, ParameterRegion trainedRegion) =>
            string.Join(", ", new[] { (frozenRegion, frozen), (trainedRegion, trained) }.Where(part => Holds(model, part.Item1)).Select(part => part.Item2));
        string Block(string trained) => Arguments("Stored, Table.BlockAt(layer)", trained, ParameterRegion.Block, ParameterRegion.TrainedBlock);
        string Model(string trained) => Arguments("Stored, 0", trained, ParameterRegion.Model, ParameterRegion.TrainedModel);
        code.Line(
            $"""
            private BlockWeights StoredBlock(int layer) =>
                new({Block("Stored, Table.TrainedBlockAt(layer)")});

            private BlockWeights UpdatedBlock(int layer) =>
                new({Block("Updated, Table.UpdatedBlockAt(layer)")});

            private ModelWeights StoredModel => new({Model("Stored, Table.TrainedModelAt()")});

            private ModelWeights UpdatedModel => new({Model("Updated, Table.UpdatedModelAt()")});

            """);
        Struct(code, model, "BlockWeights", "Weights of one layer: what no step changes, and what is loaded or updated.", ParameterRegion.Block, ParameterRegion.TrainedBlock);
        code.Line();
        Struct(code, model, "ModelWeights", "Weights outside the layers: what no step changes, and what is loaded or updated.", ParameterRegion.Model, ParameterRegion.TrainedModel);
    }

    private static void Struct(CodeWriter code, CompiledModel model, string name, string summary, ParameterRegion frozen, ParameterRegion trained)
    {
        string[] fields =
        [
            .. Holds(model, frozen) ? ["View frozen, long frozenStart"] : Array.Empty<string>(),
            .. Holds(model, trained) ? ["View trained, long trainedStart"] : Array.Empty<string>(),
        ];
        code.Doc("summary", summary);
        code.Block($"private readonly struct {name}({string.Join(", ", fields)})", () =>
            code.Separated(model.Parameters.Parameters.Where(p => p.Region == frozen || p.Region == trained), parameter =>
            {
                string place = parameter.Region == frozen ? "frozen" : "trained";
                string property = Pascal(parameter.Name);
                code.Doc("summary", $"{parameter.Name}, {(parameter.Vector ? $"[{parameter.Columns}]" : $"[{parameter.Rows}, {parameter.Columns}]")}.");
                code.Line($"public View {property} => {place}.SubView({place}Start + {model.Name}Layout.{property}, {Integer(parameter.Length)}L);");
            }));
    }

    /// <summary>Whether a model has parameters in a region.</summary>
    private static bool Holds(CompiledModel model, ParameterRegion region) => model.Parameters.Parameters.Any(parameter => parameter.Region == region);
}
