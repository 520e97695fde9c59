using TinT.Compiler.Layout;
using TinT.Compiler.Specs;
using TinT.Compiler.Specs.Writing;
using TinT.Compiler.Text;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission;

/// <summary>Writes <c>Model.Layout.g.cs</c>: sizes, places of parameters and buffers, and what is simulated.</summary>
internal static class LayoutWriter
{
    public static GeneratedSource Write(CompiledModel model)
    {
        CodeWriter code = SourceFile.Begin(model, ["TinT.Runtime.Execution", "TinT.Runtime.Parameters", "TinT.Runtime.Simulation"]);
        code.Doc("summary", $"Sizes of {model.Name} and places of its parameters and buffers.");
        code.Doc("remarks", Remarks(model));
        code.Block($"internal static class {model.Name}Layout", () =>
        {
            WriteSizes(code, model);
            WriteParameterPlaces(code, model.Parameters);
            WriteBufferPlaces(code, model.Buffers);
            WriteDescription(code, model);
            WriteTable(code, model);
        });
        return new GeneratedSource($"{model.Name}.Layout.g.cs", code.ToString());
    }

    private static string Remarks(CompiledModel model) =>
        "Parameters, in floats: [model | block × layers | trained block × layers | trained model | sequence block × layers | sequence model];\n"
        + "updated copies: [trained block × trained layers | trained model] and, of each sequence, [sequence block × trained layers | sequence\n"
        + "model]. Each part begins with its matrices, which take half the room if weights are stored in 16 bits.\n"
        + "Buffers, in floats per token: [transient | memory slots | slots of kept gradients | slots of kept inputs].\n"
        + "Buffers that are never needed at the same time share floats.";

    private static void WriteSizes(CodeWriter code, CompiledModel model)
    {
        AuxiliarySpec auxiliary = model.Spec.Auxiliary;
        TrainingSpec training = model.Spec.Training;
        void Constant(string type, string name, string value, string doc) =>
            code.Doc("summary", doc).Line($"public const {type} {name} = {value};\n");
        Constant("int", "VocabularySize", Integer(auxiliary.VocabularySize), "Tokens V in the vocabulary.");
        Constant("int", "HiddenSize", Integer(auxiliary.HiddenSize), "Embedding size D.");
        Constant("int", "LayerCount", Integer(auxiliary.LayerCount), "Transformer blocks L.");
        Constant("int", "HeadCount", Integer(auxiliary.HeadCount), $"Attention heads h of {auxiliary.HeadSize} coordinates each.");
        Constant("int", "IntermediateSize", Integer(auxiliary.IntermediateSize), $"Feed-forward width K·D, K = {auxiliary.FeedForwardBlocks}.");
        Constant("int", "PositionOffset", Integer(auxiliary.Architecture.Value.UnusedPositions), "Row of position 0 in the position table.");
        Constant("float", "Epsilon", Float(auxiliary.NormEpsilon), "ε added to the variance in layer norms.");
        Constant("float", "TaylorScale", Float(training.TaylorScale), "N of the first-order Taylor differences.");
        Constant("int", "HeadRows", Integer(model.Buffers.HeadRows), "Rows of logits that the head handles at once.");
        Constant("int", "DualTokens", Integer(model.Program.DualTokens), "Sequences of at most so many tokens use the dual form of the update.");
    }

    private static void WriteParameterPlaces(CodeWriter code, ParameterLayout layout)
    {
        foreach (Parameter parameter in layout.Parameters)
        {
            string shape = parameter.Vector ? $"[{parameter.Columns}]" : $"[{parameter.Rows}, {parameter.Columns}]";
            code.Doc("summary", $"{parameter.Name}, {shape}, in the {RegionText(parameter.Region)}.");
            code.Line($"public const long {Pascal(parameter.Name)} = {Integer(parameter.Offset)};\n");
        }
    }

    private static string RegionText(ParameterRegion region) => region switch
    {
        ParameterRegion.Model => "model's untrained part",
        ParameterRegion.Block => "layer's untrained part",
        ParameterRegion.TrainedBlock => "layer's trained part",
        ParameterRegion.TrainedModel => "model's trained part",
        ParameterRegion.SequenceBlock => "layer's part that each sequence trains for itself",
        _ => "model's part that each sequence trains for itself",
    };

    private static void WriteBufferPlaces(CodeWriter code, BufferPlan plan)
    {
        foreach (TokenBuffer buffer in plan.Buffers)
        {
            string kept = buffer.Kind switch
            {
                BufferKind.Memory => "in each memory slot",
                BufferKind.KeptGradient => "in each slot of kept gradients",
                BufferKind.KeptInput => "in each slot of kept inputs",
                _ => "transient",
            };
            code.Doc("summary", $"{buffer.Name}, {(buffer.Columns == 1 ? "one float" : $"{buffer.Columns} floats")} per token, {kept}.");
            code.Line($"public const long {Pascal(buffer.Name)}Column = {Integer(buffer.Offset)};\n");
        }

        code.Doc("summary", "The arena.");
        code.Line(
            $"""
            public static ArenaPlan Arena => new(
                TransientColumns: {Integer(plan.TransientColumns)},
                MemoryColumns: {Integer(plan.MemoryColumns)},
                KeptGradientColumns: {Integer(plan.KeptGradientColumns)},
                KeptInputColumns: {Integer(plan.KeptInputColumns)},
                TrainedLayers: {Integer(plan.MemorySlots)},
                HeadRows,
                VocabularySize,
                DualTokens);

            """);
    }

    private static void WriteDescription(CodeWriter code, CompiledModel model)
    {
        AuxiliarySpec auxiliary = model.Spec.Auxiliary;
        SimulatorSpec simulator = model.Spec.Simulator;
        TrainingSpec training = model.Spec.Training;
        code.Doc("summary", "What is simulated.");
        code.Line(
            $"""
            public static SimulatorDescription Description => new(
                "{model.Name}",
                new AuxiliaryDescription(
                    "{SpecText.Of(auxiliary.Architecture.Value)}",
                    VocabularySize,
                    MaxPositionEmbeddings: {Integer(auxiliary.MaxPositionEmbeddings)},
                    HiddenSize,
                    LayerCount,
                    HeadCount,
                    IntermediateSize,
                    "{SpecText.Of(auxiliary.Activation.Value)}",
                    {Double(auxiliary.NormEpsilon)}),
                new TrainingDescription(
                    Steps: {Integer(training.Steps)},
                    Layers: {Integer(training.Layers)},
                    LearningRate: {Double(training.LearningRate)},
                    "{SpecText.Of(training.Loss.Value)}",
                    "{SpecText.Of(training.LayerNorm.Value)}",
                    "{SpecText.Of(training.Attention.Value)}",
                    TaylorScale: {Double(training.TaylorScale)},
                    "{SpecText.Of(training.Compatibility.Value)}"),
                Sharding: {Integer(simulator.Sharding)},
                PrefixTokens: {Integer(simulator.PrefixTokens)},
                HiddenSize: {Integer(simulator.HiddenSize)},
                HeadCount: {Integer(simulator.HeadCount)});

            """);
    }

    private static void WriteTable(CodeWriter code, CompiledModel model)
    {
        ParameterLayout layout = model.Parameters;
        code.Doc("summary", "Where each parameter is loaded from.");
        code.Line($"public static ParameterTable Parameters {{ get; }} = new(");
        code.Indented(() =>
        {
            code.Line($"Layers: LayerCount,\nTrainedLayers: {Integer(layout.TrainedLayers)},");
            code.Line($"ModelLength: {Integer(layout.ModelLength)},\nModelMatrices: {Integer(layout.ModelMatrices)},");
            code.Line($"BlockLength: {Integer(layout.BlockLength)},\nBlockMatrices: {Integer(layout.BlockMatrices)},");
            code.Line($"TrainedBlockLength: {Integer(layout.TrainedBlockLength)},\nTrainedBlockMatrices: {Integer(layout.TrainedBlockMatrices)},");
            code.Line($"TrainedModelLength: {Integer(layout.TrainedModelLength)},\nTrainedModelMatrices: {Integer(layout.TrainedModelMatrices)},");
            code.Line($"SequenceBlockLength: {Integer(layout.SequenceBlockLength)},\nSequenceModelLength: {Integer(layout.SequenceModelLength)},");
            code.Line("[");
            code.Indented(() =>
            {
                foreach (Parameter parameter in layout.Parameters)
                    WriteBindings(code, parameter);
            });
            code.Line("]);");
        });
    }

    /// <summary>One binding for each tensor that a parameter is stacked from.</summary>
    private static void WriteBindings(CodeWriter code, Parameter parameter)
    {
        int rowsPerSource = parameter.Rows / parameter.Sources.Count;
        int columnsPerSource = parameter.Vector ? parameter.Columns / parameter.Sources.Count : parameter.Columns;
        for (int i = 0; i < parameter.Sources.Count; i++)
        {
            TensorSource source = parameter.Sources[i];
            long offset = (long)i * (parameter.Vector ? columnsPerSource : (long)rowsPerSource * columnsPerSource);
            string place = offset == 0 ? Pascal(parameter.Name) : $"{Pascal(parameter.Name)} + {Integer(offset)}";
            string shape = source.Vector ? Integer(source.Columns) : $"{Integer(source.Rows)}, {Integer(source.Columns)}";
            string flags = (source.Transposed ? ", Transposed: true" : string.Empty)
                + (source.FirstRow > 0 ? $", FirstRow: {Integer(source.FirstRow)}" : string.Empty)
                + (parameter.Diagonal ? ", Diagonal: true" : string.Empty);
            int rows = parameter.Vector ? 1 : rowsPerSource;
            code.Line($"new(ParameterRegion.{parameter.Region}, {place}, {Integer(rows)}, {Integer(columnsPerSource)}, \"{source.Tensor}\", [{shape}]{flags}),");
        }
    }
}
