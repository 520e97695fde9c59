using TinT.Compiler.Layout;
using TinT.Compiler.Text;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>Writes the device views of one layer's and of the model's weights, as loaded or as updated.</summary>
internal static class GpuWeightsWriter
{
    private static readonly (string Name, ParameterRegion Region, string Stored, string Updated)[] Block =
    [
        ("frozen", ParameterRegion.Block, "Stored, Table.BlockAt(layer)", "Stored, Table.BlockAt(layer)"),
        ("trained", ParameterRegion.TrainedBlock, "Stored, Table.TrainedBlockAt(layer)", "Updated, Table.UpdatedBlockAt(layer)"),
        ("own", ParameterRegion.SequenceBlock, "Stored, Table.SequenceBlockAt(layer)", "UpdatedOwn, Table.UpdatedSequenceBlockAt(0, layer)"),
    ];

    private static readonly (string Name, ParameterRegion Region, string Stored, string Updated)[] Model =
    [
        ("frozen", ParameterRegion.Model, "Stored, 0", "Stored, 0"),
        ("trained", ParameterRegion.TrainedModel, "Stored, Table.TrainedModelAt()", "Updated, Table.UpdatedModelAt()"),
        ("own", ParameterRegion.SequenceModel, "Stored, Table.SequenceModelAt()", "UpdatedOwn, Table.UpdatedSequenceModelAt(0)"),
    ];

    public static void Write(CodeWriter code, CompiledModel model)
    {
        var block = Block.Where(part => Holds(model, part.Region)).ToArray();
        var whole = Model.Where(part => Holds(model, part.Region)).ToArray();
        string moved = model.Program.HasPrimal ? "UpdatedBlock(layer)" : "MovedBlock(layer)";
        string later = model.Program is { HasPrimal: true, HasDual: true } ? "Dual ? MovedBlock(layer) : UpdatedBlock(layer)" : moved;
        code.Line(
            $"""
            private BlockWeights Block(int layer, int updates) => updates == 0 ? StoredBlock(layer) : {later};

            private BlockWeights StoredBlock(int layer) => new({string.Join(", ", block.Select(part => part.Stored))});

            private BlockWeights UpdatedBlock(int layer) => new({string.Join(", ", block.Select(part => part.Updated))});

            private ModelWeights StoredModel => new({string.Join(", ", whole.Select(part => part.Stored))});

            private ModelWeights UpdatedModel => new({string.Join(", ", whole.Select(part => part.Updated))});

            """);
        if (model.Program.HasDual)
        {
            code.Doc("summary", "A layer after a step in the dual form: only what each sequence has for itself has moved.");
            string[] parts = [.. block.Select(part => part.Region == ParameterRegion.SequenceBlock ? part.Updated : part.Stored)];
            code.Line($"private BlockWeights MovedBlock(int layer) => new({string.Join(", ", parts)});\n");
        }

        Struct(code, model, "BlockWeights", "Weights of one layer: what no step changes, and what is loaded or updated.", block);
        code.Line();
        Struct(code, model, "ModelWeights", "Weights outside the layers: what no step changes, and what is loaded or updated.", whole);
    }

    private static void Struct(
        CodeWriter code, CompiledModel model, string name, string summary, (string Name, ParameterRegion Region, string Stored, string Updated)[] parts)
    {
        var places = parts.ToDictionary(part => part.Region, part => part.Name);
        code.Doc("summary", summary);
        code.Block($"private readonly struct {name}({string.Join(", ", parts.Select(part => $"View {part.Name}, long {part.Name}Start"))})", () =>
            code.Separated(model.Parameters.Parameters.Where(parameter => places.ContainsKey(parameter.Region)), parameter =>
            {
                string place = places[parameter.Region];
                string property = Pascal(parameter.Name);
                code.Doc("summary", $"{parameter.Name}, {(parameter.Vector ? $"[{parameter.Columns}]" : $"[{parameter.Rows}, {parameter.Columns}]")}.");
                code.Line($"public View {property} => {place}.SubView({place}Start + {model.Name}Layout.{property}, {Integer(parameter.Length)}L);");
            }));
    }

    /// <summary>Whether a model has parameters in a region.</summary>
    private static bool Holds(CompiledModel model, ParameterRegion region) => model.Parameters.Parameters.Any(parameter => parameter.Region == region);
}
