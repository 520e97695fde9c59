using TinT.Compiler.Layout;
using static TinT.Compiler.Emission.Identifiers;

namespace TinT.Compiler.Emission;

/// <summary>Writes the views of one layer's and of the model's weights, as loaded or as updated.</summary>
internal static class WeightsWriter
{
    public static void Write(CodeWriter code, CompiledModel model)
    {
        string Arguments(string frozen, string trained, ParameterRegion frozenRegion, ParameterRegion trainedRegion) =>
            string.Join(", ", new[] { (frozenRegion, frozen), (trainedRegion, trained) }.Where(part => Holds(model, part.Item1)).Select(part => part.Item2));
        string Block(string trained) =>
            Arguments("Parameters.Weights, Parameters.Table.BlockAt(layer)", trained, ParameterRegion.Block, ParameterRegion.TrainedBlock);
        string Model(string trained) =>
            Arguments("Parameters.Weights, 0", trained, ParameterRegion.Model, ParameterRegion.TrainedModel);
        code.Line(
            $"""
            private BlockWeights StoredBlock(int layer) =>
                new({Block("Parameters.Weights, Parameters.Table.TrainedBlockAt(layer)")});

            private BlockWeights UpdatedBlock(int layer) =>
                new({Block("Updated, Parameters.Table.UpdatedBlockAt(layer)")});

            private ModelWeights StoredModel => new({Model("Parameters.Weights, Parameters.Table.TrainedModelAt()")});

            private ModelWeights UpdatedModel => new({Model("Updated, Parameters.Table.UpdatedModelAt()")});

            """);
        Struct(code, model, "BlockWeights", "Weights of one layer: what no step changes, and what is loaded or updated.", ParameterRegion.Block, ParameterRegion.TrainedBlock);
        code.Line();
        Struct(code, model, "ModelWeights", "Weights outside the layers: what no step changes, and what is loaded or updated.", ParameterRegion.Model, ParameterRegion.TrainedModel);
    }

    private static void Struct(CodeWriter code, CompiledModel model, string name, string summary, ParameterRegion frozen, ParameterRegion trained)
    {
        Parameter[] parameters = [.. model.Parameters.Parameters.Where(p => p.Region == frozen || p.Region == trained)];
        code.Doc("summary", summary);
        string[] fields =
        [
            .. Holds(model, frozen) ? ["NativeBuffer frozen, long frozenStart"] : Array.Empty<string>(),
            .. Holds(model, trained) ? ["NativeBuffer trained, long trainedStart"] : Array.Empty<string>(),
        ];
        code.Block($"private readonly struct {name}({string.Join(", ", fields)})", () =>
            code.Separated(parameters, parameter =>
            {
                string place = parameter.Region == frozen ? "frozen" : "trained";
                string property = Pascal(parameter.Name);
                code.Doc("summary", $"{parameter.Name}, {(parameter.Vector ? $"[{parameter.Columns}]" : $"[{parameter.Rows}, {parameter.Columns}]")}.");
                code.Line(parameter.Vector
                    ? $"public VectorView {property} => {place}.Vector({place}Start + {model.Name}Layout.{property}, {Integer(parameter.Columns)});"
                    : $"public MatrixView {property} => {place}.Matrix({place}Start + {model.Name}Layout.{property}, {Integer(parameter.Rows)}, {Integer(parameter.Columns)});");
            }));
    }

    /// <summary>Whether a model has parameters in a region: it may train all of its layers' weights, or none outside the layers.</summary>
    private static bool Holds(CompiledModel model, ParameterRegion region) => model.Parameters.Parameters.Any(parameter => parameter.Region == region);
}
