using TinT.Compiler.Devices;
using TinT.Compiler.Emission.Ilgpu.Kernels;
using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs.Writing;
using TinT.Compiler.Text;
using TinT.Model.Runs;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>Writes <c>Model.GpuPasses.g.cs</c>: the kernels of a device, the passes that launch them, and where their values lie.</summary>
internal static class GpuPassesWriter
{
    private static readonly RoutineKind[] Routines =
    [
        RoutineKind.Embedding, RoutineKind.ForwardBlock, RoutineKind.FinalNorm, RoutineKind.Head, RoutineKind.FinalNormBackward, RoutineKind.BackwardBlock,
    ];

    public static GeneratedSource Write(CompiledModel model)
    {
        string name = model.Name;
        IReadOnlyList<IlgpuKernel> kernels = IlgpuKernels.All(model);
        CodeWriter code = SourceFile.Begin(
            model,
            ["System", "ILGPU", "ILGPU.Runtime", "TinT.Model.Runs", "TinT.Runtime.Execution", "TinT.Runtime.Ilgpu", "TinT.Runtime.Ilgpu.Kernels.Groups", "TinT.Runtime.Parameters", "TinT.Runtime.Simulation"],
            $"{name}Layout");
        code.Line(IlgpuParameter.Aliases + "\n");
        code.Doc("summary", $"The passes of {name} on a GPU: the auxiliary model forwards and, for each step, backwards with a descent, then forwards with what has become of its weights.");
        string timed = model.Timed ? ", global::TinT.Runtime.Execution.ITimedSimulator" : string.Empty;
        code.Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");
        code.Block($"{SpecText.Of(model.Access)} abstract class {name}GpuPasses : global::TinT.Runtime.Ilgpu.IlgpuSimulator{timed}", () =>
        {
            if (model.Timed)
                code.Line($"/// <inheritdoc/>\npublic KernelClock Clock {{ get; }} = new({Integer(KernelNumbers.Count(model.Program))});\n");
            WriteConstructor(code, model);
            code.Separated(Routines, routine => GpuRoutineWriter.Write(code, model, routine));
            code.Line();
            WriteKernels(code, model, kernels);
            WriteUpdates(code, model);
            WriteCopies(code, model);
            WriteBuffers(code, model);
            GpuWeightsWriter.Write(code, model);
        });
        return new GeneratedSource($"{name}.GpuPasses.g.cs", code.ToString());
    }

    private static void WriteConstructor(CodeWriter code, CompiledModel model)
    {
        string plan = $"new GpuArenaPlan({model.Name}Layout.Arena, {Integer(AttentionBackwardKernels.StatisticsColumns(model))}, {Integer(GroupTiles.HeadRows(model.Spec.Auxiliary.VocabularySize))}, {Integer(HeadKernels.Parts(model))}, {HeadKernels.Width(model)}, {Integer(model.Program.DualTokens)}, {Integer(model.Program.LargeGpuDualTokens)})";
        code.Line("/// <summary>Uploads weights.</summary>");
        code.Line($"private protected {model.Name}GpuPasses(ParameterStore parameters, Accelerator accelerator, GpuSimulatorOptions? options)");
        code.Indented(() => code.Line($": base({model.Name}Layout.Description, {plan}, parameters, accelerator, options)"));
        code.Line("{\n}\n");
    }

    /// <summary>Launchers of the kernels: a run needs those of one form of the update, and a device compiles those of one class.</summary>
    private static void WriteKernels(CodeWriter code, CompiledModel model, IReadOnlyList<IlgpuKernel> kernels)
    {
        foreach (IlgpuKernel kernel in kernels)
        {
            string type = $"Action<{(kernel.Grouped ? "KernelConfig, " : string.Empty)}{kernel.TypeArguments}>";
            string Load(string group) =>
                $"Accelerator.{(kernel.Grouped ? "LoadStreamKernel" : "LoadAutoGroupedStreamKernel")}<{kernel.TypeArguments}>({model.Name}IlgpuKernels<{group}>.{kernel.Name})";
            string library = kernel.Product is { } product ? $"HasCuBlas ? {product.Call(kernel)} : " : string.Empty;
            code.Line($"private {type}? {kernel.Field};\n");
            code.Line($"private {type} {kernel.Name} => {kernel.Field} ??= {library}HasWideGroups");
            code.Indented(() => code.Line($"? {Load("WideGroup")}\n: {Load("NarrowGroup")};"));
            code.Line();
        }
    }

    private static void WriteUpdates(CodeWriter code, CompiledModel model)
    {
        if (!model.Program.HasDual)
            return;
        GpuRoutineWriter.Write(code, model, RoutineKind.WriteUpdates);
        code.Line();
    }

    private static void WriteCopies(CodeWriter code, CompiledModel model)
    {
        foreach (RoutineKind routine in new[] { RoutineKind.KeepTrainedInput, RoutineKind.RestoreTrainedInput })
        {
            Kernel copy = model.Program[routine][0];
            string call = $"CopyRows(run.Tokens * HiddenSize, {Pascal(copy.Inputs[0].Buffer)}, {Pascal(copy.Outputs[0].Buffer)});";
            code.Line("/// <inheritdoc/>");
            if (model.Timed)
                code.Block($"protected override void {routine}(SequenceRun run)", () => code.Line($"{call}\n{GpuRoutineWriter.Mark(model, routine, 0)}"));
            else
                code.Line($"protected override void {routine}(SequenceRun run) =>").Indented(() => code.Line(call));
            code.Line();
        }
    }

    private static void WriteBuffers(CodeWriter code, CompiledModel model)
    {
        foreach (TokenBuffer buffer in model.Buffers.Buffers.Where(buffer => buffer.Kind == BufferKind.Transient))
            code.Line($"private View {View(buffer, string.Empty, string.Empty)};\n");

        MemorySlotWriter.Write(code, model, $"{model.Name}GpuPasses", "simulator", "this", (buffer, place) => $"View {View(buffer, "simulator.", place)};");
    }

    private static string View(TokenBuffer buffer, string simulator, string place) =>
        $"{Pascal(buffer.Name)} => {simulator}{(buffer.TrainingRows ? "TrainingRows" : "TokenRows")}({place}{Pascal(buffer.Name)}Column, {Integer(buffer.Columns)})";
}
