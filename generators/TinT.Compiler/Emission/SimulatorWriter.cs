using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Emission.Identifiers;

namespace TinT.Compiler.Emission;

/// <summary>Writes <c>Model.Simulator.g.cs</c>: the class that users load and run, with its passes over one sequence.</summary>
internal static class SimulatorWriter
{
    public static GeneratedSource Write(CompiledModel model)
    {
        string name = model.Name;
        var code = new CodeWriter();
        code.Line(model.Header);
        code.Line("using TinT.Runtime.Cpu;\nusing TinT.Runtime.Execution;\nusing TinT.Runtime.Parameters;\nusing TinT.Runtime.Simulation;");
        code.Line($"using static TinT.Generated.{name}CpuKernels;\nusing static TinT.Generated.{name}Layout;\n");
        code.Line("namespace TinT.Generated;\n");
        code.Doc("summary", $"TinT simulator of {name} on the CPU: runs the auxiliary model, takes inner SGD steps on the training part and runs it again.");
        PrefixTable.Write(code, model);

        // Qualified, because a model may be called Cpu.
        code.Block($"public sealed class {name}Simulator : TinT.Runtime.Execution.CpuSimulator", () =>
        {
            WriteLoading(code, name);
            WriteRun(code);
            code.Separated(
                [RoutineKind.Embedding, RoutineKind.ForwardBlock, RoutineKind.FinalNorm, RoutineKind.Head, RoutineKind.FinalNormBackward, RoutineKind.BackwardBlock],
                routine => RoutineWriter.Write(code, model, routine));
            code.Line();
            WriteCopies(code, model);
            WriteBuffers(code, model);
            WeightsWriter.Write(code, model);
        });
        return new GeneratedSource($"{name}.Simulator.g.cs", code.ToString());
    }

    private static void WriteLoading(CodeWriter code, string name)
    {
        code.Block($"private {name}Simulator(ParameterStore parameters, SimulatorOptions? options)\n    : base(Layout.Description, Layout.Arena, parameters, options)".Replace("Layout.", name + "Layout."), () => { });
        code.Line();
        code.Doc("summary", $"What {name} simulates.");
        code.Line($"public static SimulatorDescription Model => {name}Layout.Description;\n");
        code.Doc("summary", "Where each of its parameters is loaded from.");
        code.Line($"public static ParameterTable ParameterTable => {name}Layout.Parameters;\n");
        code.Doc("summary", "Loads the auxiliary model's weights.");
        code.Doc("param", "Hugging Face model directory: config.json and model.safetensors or its shards.", " name=\"directory\"");
        code.Doc("param", "Threads; null for the defaults.", " name=\"options\"");
        code.Line("/// <exception cref=\"TinT.Runtime.Checkpoints.CheckpointFormatException\">The directory does not hold this model.</exception>");
        code.Line($"public static {name}Simulator Load(string directory, SimulatorOptions? options = null) =>\n    new(ParameterStore.Load(directory, {name}Layout.Parameters, Model.Auxiliary), options);\n");
    }

    private static void WriteRun(CodeWriter code)
    {
        code.Line("/// <inheritdoc/>");
        code.Block("protected override void RunSequence(SequenceRun run)", () => code.Line(
            """
            int firstTrained = LayerCount - run.Training.Layers;
            bool trains = run.TrainingRows > 0;

            Embedding(run);
            for (int layer = 0; layer < firstTrained; layer++)
                ForwardBlock(run, StoredBlock(layer), Memory(0));
            KeepTrainedInput(run);

            for (int step = 0; step < run.Training.Steps; step++)
            {
                bool first = step == 0;
                if (step > 0)
                    RestoreTrainedInput(run);
                for (int layer = firstTrained; layer < LayerCount; layer++)
                    ForwardBlock(run, first ? StoredBlock(layer) : UpdatedBlock(layer), Memory(layer - firstTrained));
                FinalNorm(first ? StoredModel : UpdatedModel);
                Head(run, step == 0 ? HeadPass.Before : HeadPass.Between);
                if (!trains)
                    break;
                FinalNormBackward(run, first ? StoredModel : UpdatedModel, UpdatedModel);
                for (int layer = LayerCount - 1; layer >= firstTrained; layer--)
                    BackwardBlock(run, first ? StoredBlock(layer) : UpdatedBlock(layer), UpdatedBlock(layer), Memory(layer - firstTrained), lowest: layer == firstTrained);
            }

            RestoreTrainedInput(run);
            for (int layer = firstTrained; layer < LayerCount; layer++)
                ForwardBlock(run, trains ? UpdatedBlock(layer) : StoredBlock(layer), Memory(0));
            FinalNorm(trains ? UpdatedModel : StoredModel);
            Head(run, HeadPass.After);
            """));
        code.Line();
    }

    private static void WriteCopies(CodeWriter code, CompiledModel model)
    {
        foreach (RoutineKind routine in new[] { RoutineKind.KeepTrainedInput, RoutineKind.RestoreTrainedInput })
        {
            Kernel copy = model.Program[routine][0];
            code.Line($"private void {routine}(SequenceRun run) =>");
            code.Indented(() => code.Line($"Workers.Run(new CopyRows({Pascal(copy.Inputs[0].Buffer)}, {Pascal(copy.Outputs[0].Buffer)}), run.Tokens, grain: 16);\n"));
        }
    }

    private static void WriteBuffers(CodeWriter code, CompiledModel model)
    {
        foreach (TokenBuffer buffer in model.Buffers.Buffers.Where(b => !b.Memory))
        {
            string name = Pascal(buffer.Name);
            code.Line(buffer.Columns == 1
                ? $"private VectorView {name} => TokenVector({name}Column);\n"
                : $"private MatrixView {name} => {(buffer.TrainingRows ? "Training" : "Token")}Matrix({name}Column, {Integer(buffer.Columns)});\n");
        }

        code.Line("private MemorySlot Memory(int slot) => new(this, MemoryColumn + (slot * MemoryColumns));\n");
        code.Doc("summary", "What one layer's forward pass keeps for its backward pass; the construction keeps it in the top coordinates of each token.");
        code.Block($"private readonly struct MemorySlot({model.Name}Simulator simulator, long column)", () =>
            code.Separated(model.Buffers.Buffers.Where(b => b.Memory), buffer =>
            {
                string name = Pascal(buffer.Name);
                code.Doc("summary", buffer.Columns == 1 ? $"{buffer.Name}, [T]." : $"{buffer.Name}, [T, {buffer.Columns}].");
                code.Line(buffer.Columns == 1
                    ? $"public VectorView {name} => simulator.TokenVector(column + {name}Column);"
                    : $"public MatrixView {name} => simulator.TokenMatrix(column + {name}Column, {Integer(buffer.Columns)});");
            }));
        code.Line();
    }
}
