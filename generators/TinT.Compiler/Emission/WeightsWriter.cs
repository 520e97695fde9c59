using TinT.Compiler.Layout;
using static TinT.Compiler.Emission.Identifiers;

namespace TinT.Compiler.Emission;

/// <summary>Writes the views of one layer's and of the model's weights, as loaded, as updated, or as a sequence has them.</summary>
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
        string block = (model.Program.HasPrimal, model.Program.HasDual) switch
        {
            (true, false) => "updates == 0 ? StoredBlock(layer) : UpdatedBlock(layer)",
            (false, _) => "StoredBlock(layer)",
            _ => "updates == 0 || Group.Dual ? StoredBlock(layer) : UpdatedBlock(layer)",
        };
        string updates = model.Program.HasPrimal ? "int layer, int updates" : "int layer, int _";
        code.Line(
            $"""
            private BlockWeights Block({updates}) => {block};

            private BlockWeights StoredBlock(int layer) =>
                new({Block("Parameters.Weights, Parameters.Table.TrainedBlockAt(layer)")});

            private BlockWeights UpdatedBlock(int layer) =>
                new({Block("Updated.Copies, Parameters.Table.UpdatedBlockAt(layer)")});

            private ModelWeights StoredModel => new({Model("Parameters.Weights, Parameters.Table.TrainedModelAt()")});

            """);
        if (Holds(model, ParameterRegion.TrainedModel))
            code.Line($"private ModelWeights UpdatedModel => new({Model("Updated.Copies, Parameters.Table.UpdatedModelAt()")});\n");
        code.Separated(
            [
                ("BlockWeights", "Weights of one layer: what no step changes, and what is loaded or updated.", new[] { ("frozen", ParameterRegion.Block), ("trained", ParameterRegion.TrainedBlock) }),
                ("ModelWeights", "Weights outside the layers: what no step changes, and what is loaded or updated.", [("frozen", ParameterRegion.Model), ("trained", ParameterRegion.TrainedModel)]),
            ],
            part => Struct(code, model, part.Item1, part.Item2, part.Item3));
        WriteOwn(code, model, "Block", "int layer, ", "layer", "one layer", ParameterRegion.SequenceBlock);
        WriteOwn(code, model, "Model", string.Empty, string.Empty, "the final norm", ParameterRegion.SequenceModel);
    }

    /// <summary>Whether a model has parameters in a region: it may train all of its layers' weights, or none outside the layers.</summary>
    public static bool Holds(CompiledModel model, ParameterRegion region) => model.Parameters.Parameters.Any(parameter => parameter.Region == region);

    private static void WriteOwn(CodeWriter code, CompiledModel model, string part, string parameter, string argument, string what, ParameterRegion region)
    {
        if (!Holds(model, region))
            return;
        string place = argument.Length > 0 ? ", " + argument : string.Empty;
        code.Line(
            $"""

            private Own{part}Weights Own{part}(SequenceRun run, {parameter}int updates) => updates == 0
                ? new(Parameters.Weights, Parameters.Table.Sequence{part}At({argument}))
                : new(Updated.Sequences, Parameters.Table.UpdatedSequence{part}At(run.Place{place}));

            """);
        Struct(code, model, $"Own{part}Weights", $"Weights of {what} that each sequence has for itself once a step has moved them.", ("own", region));
    }

    private static void Struct(CodeWriter code, CompiledModel model, string name, string summary, params (string Place, ParameterRegion Region)[] regions)
    {
        var held = regions.Where(r => Holds(model, r.Region)).ToDictionary(r => r.Region, r => r.Place);
        Parameter[] parameters = [.. model.Parameters.Parameters.Where(p => held.ContainsKey(p.Region))];
        code.Doc("summary", summary);
        code.Block($"private readonly struct {name}({string.Join(", ", regions.Where(r => held.ContainsKey(r.Region)).Select(r => $"NativeBuffer {r.Place}, long {r.Place}Start"))})", () =>
            code.Separated(parameters, parameter =>
            {
                string place = held[parameter.Region];
                string property = Pascal(parameter.Name);
                code.Doc("summary", $"{parameter.Name}, {(parameter.Vector ? $"[{parameter.Columns}]" : $"[{parameter.Rows}, {parameter.Columns}]")}.");
                code.Line(parameter.Vector
                    ? $"public VectorView {property} => {place}.Vector({place}Start + {model.Name}Layout.{property}, {Integer(parameter.Columns)});"
                    : $"public MatrixView {property} => {place}.Matrix({place}Start + {model.Name}Layout.{property}, {Integer(parameter.Rows)}, {Integer(parameter.Columns)});");
            }));
    }
}
