using TinT.Compiler.Layout;
using static TinT.Compiler.Emission.Identifiers;

namespace TinT.Compiler.Emission;

/// <summary>Writes the views of one layer's and of the model's weights, as loaded or as updated.</summary>
internal static class WeightsWriter
{
    public static void Write(CodeWriter code, CompiledModel model)
    {
        code.Line(
            """
            private BlockWeights StoredBlock(int layer) =>
                new(Parameters.Weights, Parameters.Table.BlockAt(layer), Parameters.Weights, Parameters.Table.TrainedBlockAt(layer));

            private BlockWeights UpdatedBlock(int layer) =>
                new(Parameters.Weights, Parameters.Table.BlockAt(layer), Updated, Parameters.Table.UpdatedBlockAt(layer));

            private ModelWeights StoredModel => new(Parameters.Weights, 0, Parameters.Weights, Parameters.Table.TrainedModelAt());

            private ModelWeights UpdatedModel => new(Parameters.Weights, 0, Updated, Parameters.Table.UpdatedModelAt());

            """);
        Struct(code, model, "BlockWeights", "Weights of one layer: what no step changes, and what is loaded or updated.", ParameterRegion.Block, ParameterRegion.TrainedBlock);
        code.Line();
        Struct(code, model, "ModelWeights", "Weights outside the layers: what no step changes, and what is loaded or updated.", ParameterRegion.Model, ParameterRegion.TrainedModel);
    }

    private static void Struct(CodeWriter code, CompiledModel model, string name, string summary, ParameterRegion frozen, ParameterRegion trained)
    {
        Parameter[] parameters = [.. model.Parameters.Parameters.Where(p => p.Region == frozen || p.Region == trained)];
        code.Doc("summary", summary);
        code.Block($"private readonly struct {name}(NativeBuffer frozen, long frozenStart, NativeBuffer trained, long trainedStart)", () =>
        {
            // Both pairs are fields whether or not this model has parameters of both kinds.
            code.Separated(parameters, parameter =>
            {
                string place = parameter.Region == frozen ? "frozen" : "trained";
                string property = Pascal(parameter.Name);
                code.Doc("summary", $"{parameter.Name}, {(parameter.Vector ? $"[{parameter.Columns}]" : $"[{parameter.Rows}, {parameter.Columns}]")}.");
                code.Line(parameter.Vector
                    ? $"public VectorView {property} => {place}.Vector({place}Start + {model.Name}Layout.{property}, {Integer(parameter.Columns)});"
                    : $"public MatrixView {property} => {place}.Matrix({place}Start + {model.Name}Layout.{property}, {Integer(parameter.Rows)}, {Integer(parameter.Columns)});");
            });
        });
    }
}
