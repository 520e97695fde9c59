using System.Text.Json;
using TinT.Accounting.Compiled;
using TinT.Accounting.Literal;
using TinT.Accounting.Memory;
using TinT.Compiler.Construction;
using TinT.Evaluation.Reports;
using TinT.Literal.Simulator;
using TinT.Runtime.Cpu;
using TinT.Runtime.Execution;
using static TinT.Accounting.Reports.ReportNumbers;

namespace TinT.Accounting.Reports;

/// <summary>An account as JSON for programs.</summary>
/// <remarks>
/// <para>Schema <c>tint.plan/1</c>; fields may be added, never renamed:</para>
/// <list type="bullet">
/// <item><description><c>model</c>, <c>tokens</c>, <c>training_tokens</c>, <c>sequences</c>, <c>steps</c>, <c>trained_layers</c>, <c>threads</c>, <c>weight_storage</c> (<c>f32</c>, <c>bf16</c>, <c>f16</c>): the run</description></item>
/// <item><description><c>prefix</c>: <c>embeddings</c> P, <c>rows_per_embedding</c> S, <c>row_length</c> D, <c>hidden_size</c> H, <c>bias_start</c>, <c>padding_start</c></description></item>
/// <item><description><c>memory_map</c>: <c>module</c>, <c>direction</c>, <c>slots</c> of <c>signal</c>, <c>start</c>, <c>width</c></description></item>
/// <item><description><c>parameters</c>: <c>modules</c> (<c>module</c>, <c>forward</c>, <c>backward</c>, <c>descent</c> in a block, <c>forward_blocks</c>, <c>backward_blocks</c>, <c>total</c>) and
/// <c>forward_blocks</c>, <c>backward_blocks</c>, <c>prefixes</c>, <c>embeddings</c>, <c>total</c></description></item>
/// <item><description><c>literal</c>: <c>depth</c>, <c>attention_layers</c>, <c>mlp_layers</c>, <c>distinct_layers</c>, <c>longest_chain</c>, <c>cost</c> of the run and <c>modules</c> (<c>stage</c>,
/// <c>module</c>, <c>direction</c>, <c>program</c>, <c>executions</c>, <c>layers</c> in order, <c>cost</c> of one execution)</description></item>
/// <item><description><c>compiled</c>: <c>cost</c> of the run and <c>kernels</c> (<c>routine</c>, <c>kernel</c>, <c>calls</c>, <c>cost</c> of one call on weights as they are stored)</description></item>
/// <item><description>a cost: <c>product_operations</c>, <c>element_operations</c>, <c>parameter_bytes_read</c>, <c>parameter_bytes_written</c>,
/// <c>activation_bytes_read</c>, <c>activation_bytes_written</c></description></item>
/// <item><description><c>division</c>: <c>sequences_together</c>, which share products, and <c>side_by_side</c>, groups of them that run at the same time</description></item>
/// <item><description><c>memory</c>: bytes of <c>weights</c>, <c>updated</c>, <c>transient_buffers</c>, <c>memory_slots</c>, <c>head_block</c>, <c>shared_scratch</c>, <c>thread_scratch</c>,
/// <c>results</c>, <c>peak</c></description></item>
/// <item><description><c>buffers</c>: <c>name</c>, <c>offset</c> and <c>columns</c> in floats per token, <c>memory</c> (one for each trained layer), <c>training_rows</c></description></item>
/// <item><description><c>gpus</c>, if devices were asked for: <c>device</c> with its assumed limits, <c>seconds</c> and <c>bytes_once</c> of the run, <c>kernels</c> (<c>launches</c> in the run,
/// <c>groups</c> of the largest or <c>elements</c>, <c>threads</c>, <c>shared_bytes</c>, <c>registers_estimated</c>, <c>operations</c>, <c>global_bytes</c>, <c>seconds</c> at least, <c>bound_by</c>),
/// <c>memory</c>, <c>most_tokens</c> and <c>shipped_models</c></description></item>
/// </list>
/// </remarks>
public static class AccountJson
{
    private const string Schema = "tint.plan/1";

    /// <summary>Writes UTF-8 JSON with a newline at the end.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="account">The account.</param>
    public static void Write(Stream stream, SimulatorAccount account) => ReportJson.Write(stream, Schema, writer => Write(writer, account));

    private static void Write(Utf8JsonWriter writer, SimulatorAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        WriteRun(writer, account);
        WritePrefix(writer, account.Prefix);
        WriteArray(writer, "memory_map", ConstructionTables.MemoryModules(account), module => WriteMemory(writer, module));
        WriteParameters(writer, account);
        WriteLiteral(writer, account.Literal);
        WriteCompiled(writer, account.Compiled);
        WriteDivision(writer, account.Memory.Division);
        WriteMemory(writer, account.Memory);
        WriteArray(writer, "buffers", account.Buffers.Buffers, buffer =>
        {
            writer.WriteString("name", buffer.Name);
            writer.WriteNumber("offset", buffer.Offset);
            writer.WriteNumber("columns", buffer.Columns);
            writer.WriteBoolean("memory", buffer.Memory);
            writer.WriteBoolean("training_rows", buffer.TrainingRows);
        });
        if (account.Gpus.Count > 0)
            GpuJson.Write(writer, account.Gpus);
    }

    private static void WriteRun(Utf8JsonWriter writer, SimulatorAccount account)
    {
        writer.WriteString("model", account.Spec.Model.Value);
        writer.WriteString("weight_storage", account.Run.Weights.ShortName());
        WriteNumbers(
            writer,
            ("tokens", account.Run.Tokens),
            ("training_tokens", account.Run.TrainingTokens),
            ("sequences", account.Run.BatchSize),
            ("steps", account.Run.Steps),
            ("trained_layers", account.Run.TrainedLayers),
            ("threads", account.Threads));
    }

    private static void WritePrefix(Utf8JsonWriter writer, PrefixLayout prefix)
    {
        writer.WriteStartObject("prefix");
        WriteNumbers(
            writer,
            ("embeddings", prefix.PrefixCount),
            ("rows_per_embedding", prefix.Sharding),
            ("row_length", prefix.RowLength),
            ("hidden_size", prefix.HiddenSize),
            ("bias_start", prefix.BiasStart),
            ("padding_start", prefix.PaddingStart));
        writer.WriteEndObject();
    }

    private static void WriteMemory(Utf8JsonWriter writer, SimulatorModule module)
    {
        writer.WriteString("module", module.Name);
        writer.WriteString("direction", Words(module.Direction));
        WriteArray(writer, "slots", module.Memory, slot =>
        {
            writer.WriteString("signal", slot.Signal);
            WriteNumbers(writer, ("start", slot.Start), ("width", slot.Width));
        });
    }

    private static void WriteParameters(Utf8JsonWriter writer, SimulatorAccount account)
    {
        writer.WriteStartObject("parameters");
        WriteArray(writer, "modules", account.Parameters, row =>
        {
            writer.WriteString("module", row.Name);
            WriteNumbers(
                writer,
                ("forward", row.Forward),
                ("backward", row.Backward),
                ("descent", row.Descent),
                ("forward_blocks", row.ForwardBlocks),
                ("backward_blocks", row.BackwardBlocks),
                ("total", row.Total));
        });
        ParameterCounts counts = account.ParameterCounts;
        WriteNumbers(
            writer,
            ("forward_blocks", counts.ForwardBlocks),
            ("backward_blocks", counts.BackwardBlocks),
            ("prefixes", counts.Prefixes),
            ("embeddings", counts.Embeddings),
            ("total", counts.Total));
        writer.WriteEndObject();
    }

    private static void WriteLiteral(Utf8JsonWriter writer, LiteralCost literal)
    {
        writer.WriteStartObject("literal");
        WriteNumbers(
            writer,
            ("depth", literal.Depth),
            ("attention_layers", literal.AttentionLayers),
            ("mlp_layers", literal.MlpLayers),
            ("distinct_layers", literal.DistinctLayers),
            ("longest_chain", literal.LongestChain));
        WriteCost(writer, literal.Total);
        WriteArray(writer, "modules", literal.Modules, module =>
        {
            writer.WriteString("stage", Words(module.Stage));
            writer.WriteString("module", module.Name);
            writer.WriteString("direction", Words(module.Direction));
            writer.WriteString("program", module.Program);
            writer.WriteNumber("executions", module.Executions);
            writer.WriteStartArray("layers");
            foreach (SimulatorLayerKind layer in module.Layers)
                writer.WriteStringValue(Words(layer));
            writer.WriteEndArray();
            WriteCost(writer, module.PerExecution);
        });
        writer.WriteEndObject();
    }

    private static void WriteCompiled(Utf8JsonWriter writer, CompiledCost compiled)
    {
        writer.WriteStartObject("compiled");
        WriteCost(writer, compiled.Total);
        WriteArray(writer, "kernels", compiled.Kernels, kernel =>
        {
            writer.WriteString("routine", Words(kernel.Routine));
            writer.WriteString("kernel", CompiledTables.NameOf(kernel));
            writer.WriteNumber("calls", kernel.Calls);
            WriteCost(writer, kernel.PerCall);
        });
        writer.WriteEndObject();
    }

    private static void WriteDivision(Utf8JsonWriter writer, BatchDivision division)
    {
        writer.WriteStartObject("division");
        WriteNumbers(writer, ("sequences_together", division.Together), ("side_by_side", division.SideBySide));
        writer.WriteEndObject();
    }

    private static void WriteMemory(Utf8JsonWriter writer, MemoryPlan memory)
    {
        writer.WriteStartObject("memory");
        WriteNumbers(
            writer,
            ("weights", memory.Weights),
            ("updated", memory.Updated),
            ("transient_buffers", memory.TransientBuffers),
            ("memory_slots", memory.MemorySlots),
            ("head_block", memory.HeadBlock),
            ("shared_scratch", memory.SharedScratch),
            ("thread_scratch", memory.ThreadScratch),
            ("results", memory.Results),
            ("peak", memory.Peak));
        writer.WriteEndObject();
    }

    private static void WriteCost(Utf8JsonWriter writer, OperationCost cost)
    {
        writer.WriteStartObject("cost");
        WriteNumbers(
            writer,
            ("product_operations", cost.ProductOperations),
            ("element_operations", cost.ElementOperations),
            ("parameter_bytes_read", cost.ParameterBytesRead),
            ("parameter_bytes_written", cost.ParameterBytesWritten),
            ("activation_bytes_read", cost.ActivationBytesRead),
            ("activation_bytes_written", cost.ActivationBytesWritten));
        writer.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter writer, params ReadOnlySpan<(string Name, long Value)> numbers)
    {
        foreach ((string name, long value) in numbers)
            writer.WriteNumber(name, value);
    }

    private static void WriteArray<T>(Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (T item in items)
        {
            writer.WriteStartObject();
            write(item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
