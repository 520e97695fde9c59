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
        CodeWriter code = SourceFile.Begin(model, ["System.Collections.Generic", "TinT.Model", "TinT.Runtime.Cpu", "TinT.Runtime.Cpu.Attention", "TinT.Runtime.Execution", "TinT.Runtime.Parameters", "TinT.Runtime.Simulation"]);
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
        Constant("int", "IntermediateSize", Integer(auxiliary.IntermediateSize), $"Feed-forward width, in K = {auxiliary.FeedForwardBlocks} blocks of D.");
        if (auxiliary.Model.Positions == PositionKind.Learned)
            Constant("int", "PositionOffset", Integer(auxiliary.Model.UnusedPositions), "Row of position 0 in the position table.");
        Constant("float", "Epsilon", Float(auxiliary.NormEpsilon), auxiliary.Model.Norm == "layer_norm" ? "ε added to the variance in layer norms." : "ε added to the mean square in norms.");
        Constant("float", "TaylorScale", Float(training.DifferenceScale), training.IsExact ? "N of differences that are derivatives to the last bit." : "N of the first-order Taylor differences.");
        if (auxiliary.Model.LogitCap is { } cap)
            Constant("float", "LogitCap", Float(cap), "c of c tanh(logit / c), which bounds logits.");
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
        ParameterRegion.SequenceModel => "model's part that each sequence trains for itself",
        _ => throw new ArgumentOutOfRangeException(nameof(region), region, "There is no such region."),
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
                BufferKind.Transient => "transient",
                _ => throw new InvalidOperationException($"There is no text for buffers of the kind {buffer.Kind}."),
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
        SimulatorDescription description = SimulatorDescriptions.Of(model.Spec);
        AuxiliaryDescription auxiliary = description.Auxiliary;
        TrainingDescription training = description.Training;
        code.Doc("summary", "The auxiliary model.");
        code.Line($"public static AuxiliaryDescription Auxiliary => {DescriptionText(auxiliary)};\n");
        if (auxiliary.Rotary is not null)
            code.Doc("summary", "Cosines and sines of rotary positions.").Line("public static RotaryTable Rotary { get; } = new(Auxiliary);\n");
        if (!Kernels.Attention.IsPlain(auxiliary))
            code.Doc("summary", "Attention of each layer.").Line(
                "public static IReadOnlyList<AttentionForm> Attention { get; } = AttentionForm.OfLayers(Auxiliary);\n");
        code.Doc("summary", "What is simulated.");
        code.Line(
            $"""
            public static SimulatorDescription Description => new(
                "{description.Model}",
                Auxiliary,
                new TrainingDescription(
                    Steps: {Integer(training.Steps)},
                    Layers: {Integer(training.Layers)},
                    LearningRate: {Double(training.LearningRate)},
                    "{training.Loss}",
                    "{training.LayerNorm}",
                    "{training.Attention}",
                    TaylorScale: {Double(training.TaylorScale)},
                    "{training.Compatibility}"){(training.IsExact ? $" {{ Method = \"{training.Method}\" }}" : string.Empty)},
                Sharding: {Integer(description.Sharding)},
                PrefixTokens: {Integer(description.PrefixTokens)},
                HiddenSize: {Integer(description.HiddenSize)},
                HeadCount: {Integer(description.HeadCount)});

            """);
    }

    /// <summary>The model as an expression: sizes, and what is not as in GPT-2.</summary>
    private static string DescriptionText(AuxiliaryDescription model)
    {
        AuxiliaryDescription plain = new(
            model.Architecture, model.VocabularySize, model.MaxPositionEmbeddings, model.HiddenSize, model.LayerCount, model.HeadCount, model.IntermediateSize, model.Activation, model.NormEpsilon);
        string[] rest =
        [
            .. Property(m => m.KeyValueHeadCount, nameof(model.KeyValueHeadCount), value => Integer(value)),
            .. Property(m => m.HeadSize, nameof(model.HeadSize), value => Integer(value)),
            .. Property(m => m.EmbeddingSize, nameof(model.EmbeddingSize), value => Integer(value)),
            .. Property(m => m.Norm, nameof(model.Norm), value => $"\"{value}\""),
            .. Property(m => m.NormPlacement, nameof(model.NormPlacement), value => $"NormPlacement.{value}"),
            .. Property(m => m.Block, nameof(model.Block), value => $"BlockShape.{value}"),
            .. Property(m => m.IsGated, nameof(model.IsGated), Flag),
            .. Property(m => m.Positions, nameof(model.Positions), value => $"PositionKind.{value}"),
            .. Property(m => m.UnusedPositions, nameof(model.UnusedPositions), value => Integer(value)),
            .. Property(m => m.Rotary, nameof(model.Rotary), value => RotaryText(value!)),
            .. Property(m => m.ScalesAlibi, nameof(model.ScalesAlibi), Flag),
            .. Property(m => m.SlidingWindow, nameof(model.SlidingWindow), value => Integer(value)),
            .. Property(m => m.SlidingLayers, nameof(model.SlidingLayers), value => $"EquatableArray.Create({string.Join(", ", value.Select(Flag))})"),
            .. Property(m => m.ScalesScores, nameof(model.ScalesScores), Flag),
            .. Property(m => m.QueryScalar, nameof(model.QueryScalar), value => Double(value!.Value)),
            .. Property(m => m.ScoreCap, nameof(model.ScoreCap), value => Double(value!.Value)),
            .. Property(m => m.LogitCap, nameof(model.LogitCap), value => Double(value!.Value)),
            .. Property(m => m.HasEmbeddingNorm, nameof(model.HasEmbeddingNorm), Flag),
            .. Property(m => m.ScalesEmbeddings, nameof(model.ScalesEmbeddings), Flag),
            .. Property(m => m.HasQueryKeyNorm, nameof(model.HasQueryKeyNorm), Flag),
            .. Property(m => m.TiesEmbeddings, nameof(model.TiesEmbeddings), Flag),
            .. Property(m => m.Biases, nameof(model.Biases), value => $"(ModuleBiases){Integer((int)value)}"),
        ];
        string constructed = $"""
            new(
                "{model.Architecture}",
                VocabularySize,
                MaxPositionEmbeddings: {Integer(model.MaxPositionEmbeddings)},
                HiddenSize,
                LayerCount,
                HeadCount,
                IntermediateSize,
                "{model.Activation}",
                {Double(model.NormEpsilon)})
            """;
        return rest.Length == 0 ? constructed : $"{constructed}\n{{\n    {string.Join(",\n    ", rest)},\n}}";

        string[] Property<T>(Func<AuxiliaryDescription, T> value, string name, Func<T, string> text) =>
            EqualityComparer<T>.Default.Equals(value(model), value(plain)) ? [] : [$"{name} = {text(value(model))}"];
    }

    private static string RotaryText(RotaryDescription rotary)
    {
        string scaling = rotary.Scaling is not { } s
            ? string.Empty
            : $", Scaling: new RopeScaling(\"{s.Kind}\", {Double(s.Factor)}, {Double(s.LowFrequencyFactor)}, {Double(s.HighFrequencyFactor)}, {Integer(s.OriginalMaxPositionEmbeddings)})";
        return $"new RotaryDescription({Double(rotary.Theta)}, {Integer(rotary.Size)}{(rotary.Interleaved ? ", Interleaved: true" : string.Empty)}{scaling})";
    }

    private static string Flag(bool value) => value ? "true" : "false";

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
        long offset = 0;
        foreach (TensorSource source in parameter.Sources)
        {
            (int rows, int columns) = parameter.Vector
                ? (1, source.Outputs)
                : parameter.Diagonal ? (parameter.Rows, parameter.Columns) : (source.Outputs, parameter.Columns);
            string place = offset == 0 ? Pascal(parameter.Name) : $"{Pascal(parameter.Name)} + {Integer(offset)}";
            bool stretches = source.Rows.Run < source.Outputs;
            string flags = (source.Transposed ? ", Transposed: true" : string.Empty)
                + (source.Rows.First > 0 ? $", FirstRow: {Integer(source.Rows.First)}" : string.Empty)
                + (stretches ? $", RunRows: {Integer(source.Rows.Run)}, RunStride: {Integer(source.Rows.Stride)}" : string.Empty)
                + (source.Added != 0 ? $", Added: {Float(source.Added)}" : string.Empty)
                + (parameter.Diagonal ? ", Diagonal: true" : string.Empty);
            string shape = string.Join(", ", source.Shape.Select(length => Integer(length)));
            code.Line($"new(ParameterRegion.{parameter.Region}, {place}, {Integer(rows)}, {Integer(columns)}, \"{source.Tensor}\", [{shape}]{flags}),");
            offset += (long)rows * columns;
        }
    }
}
