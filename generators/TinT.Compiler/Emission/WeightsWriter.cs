using TinT.Compiler.Layout;
using TinT.Compiler.Text;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission;

/// <summary>Writes the views of one layer's and of the model's weights, as loaded, as updated, or as a sequence has them.</summary>
internal static class WeightsWriter
{
    public static void Write(CodeWriter code, CompiledModel model)
    {
        string Arguments(string frozen, string trained, ParameterRegion frozenRegion, ParameterRegion trainedRegion) =>
            string.Join(", ", new[] { (frozenRegion, frozen), (trainedRegion, trained) }.Where(part => Holds(model, part.Item1)).Select(part => part.Item2));
        string Block(string trained) => Arguments("Parameters.Block(layer)", trained, ParameterRegion.Block, ParameterRegion.TrainedBlock);
        string Model(string trained) => Arguments("Parameters.Model()", trained, ParameterRegion.Model, ParameterRegion.TrainedModel);
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
                new({Block("Parameters.TrainedBlock(layer)")});

            private BlockWeights UpdatedBlock(int layer) =>
                new({Block("Updated.TrainedBlock(layer)")});

            private ModelWeights StoredModel => new({Model("Parameters.TrainedModel()")});

            """);
        if (Holds(model, ParameterRegion.TrainedModel))
            code.Line($"private ModelWeights UpdatedModel => new({Model("Updated.TrainedModel()")});\n");
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
                ? new(Parameters.Sequence{part}({argument}))
                : new(Updated.Sequence{part}(Group.OwnPlace(run){place}));

            private Own{part}Weights Moved{part}(SequenceRun run, {parameter}OwnDescent descent) => new(Updated.Sequence{part}(descent.Place(run){place}));

            """);
        Struct(code, model, $"Own{part}Weights", $"Weights of {what} that each sequence has for itself once a step has moved them.", ("own", region));
    }

    private static void Struct(CodeWriter code, CompiledModel model, string name, string summary, params (string Place, ParameterRegion Region)[] regions)
    {
        var held = regions.Where(r => Holds(model, r.Region)).ToDictionary(r => r.Region, r => r.Place);
        Parameter[] parameters = [.. model.Parameters.Parameters.Where(p => held.ContainsKey(p.Region))];
        code.Doc("summary", summary);
        code.Block($"private readonly struct {name}({string.Join(", ", regions.Where(r => held.ContainsKey(r.Region)).Select(r => $"ParameterBlock {r.Place}"))})", () =>
            code.Separated(parameters, parameter =>
            {
                string place = held[parameter.Region];
                string property = Pascal(parameter.Name);
                code.Doc("summary", $"{parameter.Name}, {(parameter.Vector ? $"[{parameter.Columns}]" : $"[{parameter.Rows}, {parameter.Columns}]")}.");
                code.Line(parameter.Vector
                    ? $"public VectorView {property} => {place}.Vector({model.Name}Layout.{property}, {Integer(parameter.Columns)});"
                    : $"public WeightView {property} => {place}.Matrix({model.Name}Layout.{property}, {Integer(parameter.Rows)}, {Integer(parameter.Columns)});");
            }));
    }
}
