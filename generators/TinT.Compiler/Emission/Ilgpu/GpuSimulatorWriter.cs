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
            foreach (IlgpuKernel kernel in kernels)
                code.Line($"private readonly {Delegate(kernel)} {kernel.Field};");
            code.Line();
            WriteConstructor(code, model, kernels);
            WriteLoading(code, name);
            WriteRun(code, model.Timed);
            code.Separated(Routines, routine => GpuRoutineWriter.Write(code, model, routine));
            code.Line();
            WriteUpdates(code, model);
            WriteCopies(code, model);
            WriteBuffers(code, model);
            GpuWeightsWriter.Write(code, model);
        });
        return new GeneratedSource($"{name}.GpuSimulator.g.cs", code.ToString());
    }

    private static void WriteConstructor(CodeWriter code, CompiledModel model, IReadOnlyList<IlgpuKernel> kernels)
    {
        string Shape(GroupTile tile) => $"new GroupShape({Integer(tile.ThreadColumns)}, {Integer(tile.ThreadRows)}, {Integer(tile.Size)}, {Integer(tile.Product.Rows)}, {Integer(tile.Product.Columns)})";
        string plan = $"new GpuArenaPlan({model.Name}Layout.Arena, {Integer(IlgpuAttentionBackward.StatisticsColumns(model))}, {Integer(GroupTiles.HeadRows(model.Spec.Auxiliary.VocabularySize))}, {Integer(IlgpuHead.Parts(model))}, HiddenSize, {Integer(model.Program.DualTokens)}, {Integer(model.Program.LargeGpuDualTokens)})";
        code.Line($"private {model.Name}GpuSimulator(ParameterStore parameters, Accelerator accelerator, GpuSimulatorOptions? options)");
        code.Indented(() => code.Line($": base({model.Name}Layout.Description, {plan}, parameters, accelerator, options, {Shape(GroupTiles.Wide)}, {Shape(GroupTiles.Narrow)})"));
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

            code.Line();
            code.Block("if (HasCuBlas)", () =>
            {
                foreach (IlgpuKernel kernel in kernels)
                {
                    if (kernel.Product is { } product)
                        code.Line($"{kernel.Field} = {product.Call(kernel)};");
                }
            });
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
        code.Doc("param", "Options; by default the generated kernels compute everything.", " name=\"options\"");
        code.Line("/// <exception cref=\"TinT.Runtime.Checkpoints.CheckpointFormatException\">The directory does not hold this model.</exception>");
        code.Line("/// <exception cref=\"GpuDeviceException\">The device allows too few threads in a group, has too little memory, or cannot do what the options ask for.</exception>");
        code.Line($"public static {name}GpuSimulator Load(string directory, Accelerator accelerator, GpuSimulatorOptions? options = null) =>\n    new(ParameterStore.Load(directory, {name}Layout.Parameters, Model.Auxiliary), accelerator, options);\n");
    }

    private static void WriteRun(CodeWriter code, bool timed)
    {
        code.Line("/// <inheritdoc/>");
        code.Block("protected override void RunSequence(SequenceRun run)", () => code.Line((timed ? "Clock.Start();\n" : string.Empty) +
            """
            int firstTrained = LayerCount - Training.Layers;
            int steps = Training.Steps;
            bool trains = run.TrainingRows > 0;

            Embedding(run);
            for (int layer = 0; layer < firstTrained; layer++)
                ForwardBlock(run, layer, updates: 0, Memory(steps, 0));
            KeepTrainedInput(run);

            for (int step = 0; step < steps; step++)
            {
                if (step > 0)
                    RestoreTrainedInput(run);
                for (int layer = firstTrained; layer < LayerCount; layer++)
                    ForwardBlock(run, layer, step, Kept(step, layer));
                FinalNorm(run, step);
                Head(run, step == 0 ? HeadPass.Before : HeadPass.Between);
                if (!trains)
                    break;
                FinalNormBackward(run, step);
                for (int layer = LayerCount - 1; layer >= firstTrained; layer--)
                    BackwardBlock(run, layer, step, Kept(step, layer), lowest: layer == firstTrained);
            }

            int updates = trains ? steps : 0;
            RestoreTrainedInput(run);
            for (int layer = firstTrained; layer < LayerCount; layer++)
                ForwardBlock(run, layer, updates, Memory(steps, 0));
            FinalNorm(run, updates);
            Head(run, HeadPass.After);
            """ + (timed ? "\nClock.Stop();" : string.Empty)));
        code.Line();
    }

    private static void WriteUpdates(CodeWriter code, CompiledModel model)
    {
        if (!model.Program.HasDual)
            return;
        code.Line("/// <inheritdoc/>");
        code.Block("protected override void WriteUpdates(SequenceRun run)", () => code.Line(
            """
            for (int step = 0; step < Training.Steps; step++)
            {
                for (int layer = LayerCount - Training.Layers; layer < LayerCount; layer++)
                    WriteUpdates(run, step == 0 ? StoredBlock(layer) : UpdatedBlock(layer), UpdatedBlock(layer), Kept(step, layer));
            }
            """));
        code.Line();
        GpuRoutineWriter.Write(code, model, RoutineKind.WriteUpdates);
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

    private static void WriteBuffers(CodeWriter code, CompiledModel model)
    {
        foreach (TokenBuffer buffer in model.Buffers.Buffers.Where(buffer => buffer.Kind == BufferKind.Transient))
            code.Line($"private View {View(buffer, string.Empty, string.Empty)};\n");

        MemorySlotWriter.Write(code, model, $"{model.Name}GpuSimulator", "simulator", "this", (buffer, place) => $"View {View(buffer, "simulator.", place)};");
    }

    private static string View(TokenBuffer buffer, string simulator, string place) =>
        $"{Pascal(buffer.Name)} => {simulator}{(buffer.TrainingRows ? "TrainingRows" : "TokenRows")}({place}{Pascal(buffer.Name)}Column, {Integer(buffer.Columns)})";

    private static string Delegate(IlgpuKernel kernel) => $"Action<{(kernel.Grouped ? "KernelConfig, " : string.Empty)}{Types(kernel)}>";

    private static string Types(IlgpuKernel kernel) => kernel.TypeArguments
        .Replace("ArrayView1D<float, Stride1D.Dense>", "View")
        .Replace("ArrayView1D<int, Stride1D.Dense>", "Integers");
}
