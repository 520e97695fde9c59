using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Emission.Identifiers;

namespace TinT.Compiler.Emission;

/// <summary>Writes one routine of the simulator: the calls of its kernels, in order.</summary>
internal static class RoutineWriter
{
    /// <summary>Floats that a thread takes at a time in a row kernel.</summary>
    private const int GrainLength = 1 << 13;

    private const int LineLength = 150;

    public static void Write(CodeWriter code, CompiledModel model, RoutineKind routine)
    {
        Routine body = model.Program.Routines[(int)routine];
        EquatableArray<Kernel> kernels = body.Kernels;
        code.Block(Signature(routine), () =>
        {
            if (routine is RoutineKind.ForwardBlock or RoutineKind.BackwardBlock)
                code.Line("run.ThrowIfCancelled();");
            for (int i = 0; i < kernels.Count; i++)
            {
                string call = Call(model, routine, kernels[i]);
                // The lowest trained layer has no layer below it to hand a gradient to.
                if (routine == RoutineKind.BackwardBlock && body.LeavesBlock(i))
                    code.Line("if (!lowest)").Indented(() => code.Line(call));
                else
                    code.Line(call);
            }
        });
    }

    private static string Signature(RoutineKind routine) => routine switch
    {
        RoutineKind.Embedding => "private void Embedding(SequenceRun run)",
        RoutineKind.ForwardBlock => "private void ForwardBlock(SequenceRun run, BlockWeights weights, MemorySlot memory)",
        RoutineKind.FinalNorm => "private void FinalNorm(ModelWeights weights)",
        RoutineKind.Head => "private void Head(SequenceRun run, HeadPass pass)",
        RoutineKind.FinalNormBackward => "private void FinalNormBackward(SequenceRun run, ModelWeights weights, ModelWeights updated)",
        _ => "private void BackwardBlock(SequenceRun run, BlockWeights weights, BlockWeights updated, MemorySlot memory, bool lowest)",
    };

    private static string Call(CompiledModel model, RoutineKind routine, Kernel kernel)
    {
        bool backward = routine is RoutineKind.FinalNormBackward or RoutineKind.BackwardBlock;
        string View(Operand operand) => ViewOf(model, operand, backward);
        string[] inputs = [.. kernel.Inputs.Select(View)];
        string[] outputs = [.. kernel.Outputs.Select(View)];
        string name = KernelNames.Of(kernel);
        string weight = kernel.Parameters.Count > 0 ? KernelNames.Weight(kernel) : string.Empty;
        string bias = kernel.Parameters.Count > 0 ? KernelNames.Bias(kernel) : string.Empty;
        switch (kernel.Kind)
        {
            case KernelKind.Embed:
                return RowCall(model, kernel, "run.Tokens", "run", "StoredModel.EmbeddingTokenWeight", "StoredModel.EmbeddingPositionWeight", outputs[0]);
            case KernelKind.Normalize:
                return RowCall(model, kernel, Rows(inputs[0]), inputs[0], outputs[0], outputs[1]);
            case KernelKind.LayerNorm:
                return RowCall(model, kernel, Rows(inputs[0]), inputs[0], outputs[0], outputs[1], $"weights.{weight}", $"weights.{bias}", outputs[2]);
            case KernelKind.Add or KernelKind.Activation or KernelKind.ActivationBackward:
                return RowCall(model, kernel, backward ? "run.TrainingRows" : "run.Tokens", [.. inputs, .. outputs]);
            case KernelKind.NormBackward:
                string[] gain = weight.Length > 0 ? [$"weights.{weight}"] : [];
                string[] residual = kernel.Residual is null || kernel.Residual == kernel.Outputs[0] ? [] : [View(kernel.Residual)];
                return RowCall(model, kernel, "run.TrainingRows", [.. inputs, .. gain, .. residual, outputs[0]]);
            case KernelKind.Linear:
                string[] added = kernel.Residual is null ? [] : [View(kernel.Residual)];
                return Call(name, ["Workers", inputs[0], $"weights.{weight}", $"weights.{bias}", .. added, outputs[0]]);
            case KernelKind.Attention:
                return Call(name, ["Workers", "run", .. inputs, outputs[0]]);
            case KernelKind.Head:
                return Call($"{model.Name}CpuKernels.{name}", ["Workers", "run", "pass", inputs[0], "StoredModel.EmbeddingTokenWeight", "HeadBlock", outputs[0]]);
            case KernelKind.LinearBackward:
                return Call(name, ["Workers", inputs[0], $"weights.{weight}", outputs[0]]);
            case KernelKind.LinearDescent:
                return Call(name, ["Workers", inputs[0], inputs[1], "run.LearningRate", $"weights.{weight}", $"updated.{weight}"]);
            case KernelKind.BiasDescent:
                return Call(name, ["Workers", inputs[0], "run.LearningRate", $"weights.{bias}", $"updated.{bias}"]);
            case KernelKind.AttentionBackward:
                // Scores need the queries and keys of all rows.
                string[] memory = [.. kernel.Inputs.Skip(1).Select(i => ViewOf(model, i, false))];
                return Call(name, ["Workers", "run", .. memory, inputs[0], .. outputs]);
            default:
                throw new InvalidOperationException($"{kernel.Kind} is not called from a routine.");
        }
    }

    /// <summary>A call on one line, or with one argument on each if that is too long.</summary>
    private static string Call(string name, IEnumerable<string> arguments)
    {
        string line = $"{name}({string.Join(", ", arguments)});";
        return line.Length <= LineLength ? line : $"{name}(\n    {string.Join(",\n    ", arguments)});";
    }

    private static string RowCall(CompiledModel model, Kernel kernel, string rows, params string[] arguments)
    {
        int columns = kernel.Outputs.Max(o => o.Columns);
        int grain = Math.Max(1, GrainLength / columns);
        return Call("Workers.Run", [$"new {KernelNames.Of(kernel)}({string.Join(", ", arguments)})", rows, $"grain: {Integer(grain)}"]);
    }

    private static string Rows(string view) => view + ".Rows";

    /// <summary>A buffer's columns; backwards, of buffers with a row per token, the rows that the backward pass covers.</summary>
    private static string ViewOf(CompiledModel model, Operand operand, bool trainingRows)
    {
        TokenBuffer buffer = model.Buffers[operand.Buffer];
        string view = (buffer.Memory ? "memory." : string.Empty) + Pascal(buffer.Name);
        if (buffer.Columns != operand.Columns)
            view += $".ColumnRange({Integer(operand.FirstColumn)}, {Integer(operand.Columns)})";
        return trainingRows && !buffer.TrainingRows ? $"Trained({view})" : view;
    }
}
