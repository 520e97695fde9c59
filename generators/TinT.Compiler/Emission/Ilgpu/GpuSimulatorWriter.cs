using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using static TinT.Compiler.Emission.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>Writes <c>Model.GpuSimulator.g.cs</c>: the class that users load on a device and run.</summary>
internal static class GpuSimulatorWriter
{
    private static readonly RoutineKind[] Routines =
    [
        RoutineKind.Embedding, RoutineKind.ForwardBlock, RoutineKind.FinalNorm, RoutineKind.Head, RoutineKind.FinalNormBackward, RoutineKind.BackwardBlock,
    ];

    public static GeneratedSource Write(CompiledModel model)
    {
        string name = model.Name;
        IReadOnlyList<IlgpuKernel> kernels = IlgpuKernels.All(model);
        var code = new CodeWriter();
        code.Line(model.Header);
        code.Line("using System;\nusing ILGPU;\nusing ILGPU.Runtime;\nusing TinT.Runtime.Execution;\nusing TinT.Runtime.Ilgpu;\nusing TinT.Runtime.Parameters;\nusing TinT.Runtime.Simulation;");
        code.Line($"using static TinT.Generated.{name}Layout;");
        code.Line("using Integers = ILGPU.Runtime.ArrayView1D<int, ILGPU.Stride1D.Dense>;\nusing View = ILGPU.Runtime.ArrayView1D<float, ILGPU.Stride1D.Dense>;\n");
        code.Line("namespace TinT.Generated;\n");
        code.Doc("summary", $"TinT simulator of {name} on a GPU: runs the auxiliary model, takes inner SGD steps on the training part and runs it again.");
        string timed = model.Timed ? ", ITimedSimulator" : string.Empty;
        code.Block($"public sealed class {name}GpuSimulator : TinT.Runtime.Ilgpu.IlgpuSimulator{timed}", () =>
        {
            if (model.Timed)
                code.Line($"/// <inheritdoc/>\npublic KernelClock Clock {{ get; }} = new({Integer(KernelNumbers.Count(model.Program))});\n");
            WriteBufferPlaces(code, model.Buffers);
            foreach (IlgpuKernel kernel in kernels)
                code.Line($"private readonly {Delegate(kernel)} {kernel.Field};");
            code.Line();
            WriteConstructor(code, model, kernels);
            WriteLoading(code, name);
            WriteRun(code, model.Timed);
            code.Separated(Routines, routine => GpuRoutineWriter.Write(code, model, routine));
            code.Line();
            WriteCopies(code, model);
            WriteBuffers(code, model);
            GpuWeightsWriter.Write(code, model);
        });
        return new GeneratedSource($"{name}.GpuSimulator.g.cs", code.ToString());
    }

    private static void WriteConstructor(CodeWriter code, CompiledModel model, IReadOnlyList<IlgpuKernel> kernels)
    {
        string Shape(GroupTile tile) => $"new GroupShape({Integer(tile.ThreadColumns)}, {Integer(tile.ThreadRows)}, {Integer(tile.Size)})";
        string plan = $"new GpuArenaPlan({Integer(model.Buffers.ColumnsPerToken(UpdateForm.Primal, steps: 1))}, {Integer(GpuModel.StatisticsColumns(model))}, {Integer(GroupTiles.HeadRows(model.Spec.Auxiliary.VocabularySize))}, VocabularySize, HiddenSize)";
        code.Line($"private {model.Name}GpuSimulator(ParameterStore parameters, Accelerator accelerator)");
        code.Indented(() => code.Line($": base({model.Name}Layout.Description, {plan}, parameters, accelerator, {Shape(GroupTiles.Wide)}, {Shape(GroupTiles.Narrow)})"));
        code.Line("{");
        code.Indented(() =>
        {
            foreach (GroupTile tile in GroupTiles.All)
            {
                code.Block(tile == GroupTiles.Wide ? "if (HasWideGroups)" : "else", () =>
                {
                    foreach (IlgpuKernel kernel in kernels)
                        code.Line($"{kernel.Field} = accelerator.{(kernel.Grouped ? "LoadStreamKernel" : "LoadAutoGroupedStreamKernel")}<{Types(kernel)}>({model.Name}{tile.Name}IlgpuKernels.{kernel.Name});");
                });
            }
        });
        code.Line("}\n");
    }

    private static void WriteLoading(CodeWriter code, string name)
    {
        code.Doc("summary", $"What {name} simulates.");
        code.Line($"public static SimulatorDescription Model => {name}Layout.Description;\n");
        code.Doc("summary", "Loads the auxiliary model's weights and uploads them.");
        code.Doc("param", "Hugging Face model directory: config.json and model.safetensors or its shards.", " name=\"directory\"");
        code.Doc("param", "The device; it stays the caller's and must outlive the simulator. GpuDevices opens one.", " name=\"accelerator\"");
        code.Line("/// <exception cref=\"TinT.Runtime.Checkpoints.CheckpointFormatException\">The directory does not hold this model.</exception>");
        code.Line("/// <exception cref=\"GpuDeviceException\">The device allows too few threads in a group, or has too little memory.</exception>");
        code.Line($"public static {name}GpuSimulator Load(string directory, Accelerator accelerator) =>\n    new(ParameterStore.Load(directory, {name}Layout.Parameters, Model.Auxiliary), accelerator);\n");
    }

    private static void WriteRun(CodeWriter code, bool timed)
    {
        code.Line("/// <inheritdoc/>");
        code.Block("protected override void RunSequence(SequenceRun run)", () => code.Line((timed ? "Clock.Start();\n" : string.Empty) +
            """
            int firstTrained = LayerCount - Training.Layers;
            bool trains = run.TrainingRows > 0;

            Embedding(run);
            for (int layer = 0; layer < firstTrained; layer++)
                ForwardBlock(run, StoredBlock(layer), Memory(0));
            KeepTrainedInput(run);

            for (int step = 0; step < Training.Steps; step++)
            {
                bool first = step == 0;
                if (step > 0)
                    RestoreTrainedInput(run);
                for (int layer = firstTrained; layer < LayerCount; layer++)
                    ForwardBlock(run, first ? StoredBlock(layer) : UpdatedBlock(layer), Memory(layer - firstTrained));
                FinalNorm(run, first ? StoredModel : UpdatedModel);
                Head(run, first ? HeadPass.Before : HeadPass.Between);
                if (!trains)
                    break;
                FinalNormBackward(run, first ? StoredModel : UpdatedModel, UpdatedModel);
                for (int layer = LayerCount - 1; layer >= firstTrained; layer--)
                    BackwardBlock(run, first ? StoredBlock(layer) : UpdatedBlock(layer), UpdatedBlock(layer), Memory(layer - firstTrained), lowest: layer == firstTrained);
            }

            RestoreTrainedInput(run);
            for (int layer = firstTrained; layer < LayerCount; layer++)
                ForwardBlock(run, trains ? UpdatedBlock(layer) : StoredBlock(layer), Memory(0));
            FinalNorm(run, trains ? UpdatedModel : StoredModel);
            Head(run, HeadPass.After);
            """ + (timed ? "\nClock.Stop();" : string.Empty)));
        code.Line();
    }

    private static void WriteCopies(CodeWriter code, CompiledModel model)
    {
        foreach (RoutineKind routine in new[] { RoutineKind.KeepTrainedInput, RoutineKind.RestoreTrainedInput })
        {
            Kernel copy = model.Program[routine][0];
            string call = $"copyRows(run.Tokens * HiddenSize, {Pascal(copy.Inputs[0].Buffer)}, {Pascal(copy.Outputs[0].Buffer)});";
            if (model.Timed)
                code.Block($"private void {routine}(SequenceRun run)", () => code.Line($"{call}\n{GpuRoutineWriter.Mark(model, routine, 0)}"));
            else
                code.Line($"private void {routine}(SequenceRun run) =>").Indented(() => code.Line(call));
            code.Line();
        }
    }

    /// <summary>Places of the buffers; they hide those of the CPU, whose runs may keep more.</summary>
    private static void WriteBufferPlaces(CodeWriter code, BufferPlan plan)
    {
        foreach (TokenBuffer buffer in plan.Buffers)
            code.Line($"private const long {Pascal(buffer.Name)}Column = {Integer(buffer.Offset)};");
        code.Line($"private const long MemoryColumn = {Integer(plan.TransientColumns)};\nprivate const long MemoryColumns = {Integer(plan.MemoryColumns)};\n");
    }

    private static void WriteBuffers(CodeWriter code, CompiledModel model)
    {
        foreach (TokenBuffer buffer in model.Buffers.Buffers.Where(buffer => !buffer.Memory))
        {
            string name = Pascal(buffer.Name);
            code.Line($"private View {name} => {(buffer.TrainingRows ? "TrainingRows" : "TokenRows")}({name}Column, {Integer(buffer.Columns)});\n");
        }

        code.Line("private MemorySlot Memory(int slot) => new(this, MemoryColumn + (slot * MemoryColumns));\n");
        code.Doc("summary", "What one layer's forward pass keeps for its backward pass; the construction keeps it in the top coordinates of each token.");
        code.Block($"private readonly struct MemorySlot({model.Name}GpuSimulator simulator, long column)", () =>
            code.Separated(model.Buffers.Buffers.Where(buffer => buffer.Memory), buffer =>
            {
                string name = Pascal(buffer.Name);
                code.Doc("summary", buffer.Columns == 1 ? $"{buffer.Name}, [T]." : $"{buffer.Name}, [T, {buffer.Columns}].");
                code.Line($"public View {name} => simulator.TokenRows(column + {name}Column, {Integer(buffer.Columns)});");
            }));
        code.Line();
    }

    private static string Delegate(IlgpuKernel kernel) => $"Action<{(kernel.Grouped ? "KernelConfig, " : string.Empty)}{Types(kernel)}>";

    private static string Types(IlgpuKernel kernel) => kernel.TypeArguments
        .Replace("ArrayView1D<float, Stride1D.Dense>", "View")
        .Replace("ArrayView1D<int, Stride1D.Dense>", "Integers");
}
