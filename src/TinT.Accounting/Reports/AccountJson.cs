using System.Text.Json.Serialization;
using TinT.Accounting.Accounts;
using TinT.Accounting.Compiled;
using TinT.Accounting.Literal;
using TinT.Accounting.Memory;
using TinT.Compiler.Construction;
using TinT.Compiler.Layout;
using TinT.Literal.Simulator;
using TinT.Reports.Json;
using TinT.Runtime.Cpu.Memory;
using static TinT.Accounting.Reports.ReportNumbers;

namespace TinT.Accounting.Reports;

/// <summary>An account as JSON for programs: this record is the format. Fields may be added, never renamed.</summary>
/// <param name="Schema"><c>tint.plan/1</c>.</param>
/// <param name="Model">Name of the spec's model.</param>
/// <param name="WeightStorage"><c>f32</c>, <c>bf16</c> or <c>f16</c>.</param>
/// <param name="Tokens">Tokens in each sequence of the run.</param>
/// <param name="TrainingTokens">The first of them, which train.</param>
/// <param name="Sequences">Sequences.</param>
/// <param name="Steps">Inner steps.</param>
/// <param name="TrainedLayers">Trained layers.</param>
/// <param name="Threads">Threads of the compiled simulator.</param>
/// <param name="Prefix">Where a matrix lies in its prefix embeddings; this and what else is of the literal simulator is missing with <c>method: exact</c>.</param>
/// <param name="MemoryMap">What modules keep in a token's memory.</param>
/// <param name="Parameters">Parameters of the literal simulator.</param>
/// <param name="Literal">Layers and cost of the literal simulator.</param>
/// <param name="Compiled">Cost of the compiled simulator.</param>
/// <param name="Division">How it divides a batch.</param>
/// <param name="Memory">Its memory.</param>
/// <param name="Buffers">Its arena.</param>
/// <param name="Gpus">The GPU simulator on each device, if devices were asked for.</param>
public sealed record AccountJson(
    string Schema,
    string Model,
    string WeightStorage,
    int Tokens,
    int TrainingTokens,
    int Sequences,
    int Steps,
    int TrainedLayers,
    int Threads,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AccountJson.PrefixShape? Prefix,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<AccountJson.ModuleMemory>? MemoryMap,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AccountJson.ParameterTable? Parameters,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AccountJson.LiteralSimulator? Literal,
    AccountJson.CompiledSimulator Compiled,
    AccountJson.BatchParts Division,
    AccountJson.MemoryParts Memory,
    IReadOnlyList<AccountJson.ArenaBuffer> Buffers,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<GpuJson>? Gpus)
{
    /// <summary>Writes UTF-8 JSON with a newline at the end.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="account">The account.</param>
    public static void Write(Stream stream, SimulatorAccount account) => ReportJson.Write(stream, Of(account), AccountContract.Default);

    private static AccountJson Of(SimulatorAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return new AccountJson(
            "tint.plan/1",
            account.Spec.Model.Value,
            account.Run.Weights.ShortName(),
            account.Run.Tokens,
            account.Run.TrainingTokens,
            account.Run.BatchSize,
            account.Run.Steps,
            account.Run.TrainedLayers,
            account.Threads,
            account.Construction is { } construction ? PrefixShape.Of(construction.Prefix) : null,
            account.Construction is null ? null : [.. ConstructionTables.MemoryModules(account).Select(ModuleMemory.Of)],
            account.Construction is null ? null : ParameterTable.Of(account),
            account.Construction is { } constructed ? LiteralSimulator.Of(constructed.Literal) : null,
            new CompiledSimulator(Cost.Of(account.Compiled.Total), [.. account.Compiled.Kernels.Select(CompiledKernel.Of)]),
            new BatchParts(account.Memory.Division.Together, account.Memory.Division.SideBySide),
            MemoryParts.Of(account.Memory),
            [.. account.Buffers.Buffers.Select(ArenaBuffer.Of)],
            account.Gpus.Count == 0 ? null : [.. account.Gpus.Select(GpuJson.Of)]);
    }

    /// <summary><c>prefix</c>: P embeddings of S rows of length D, embedding size H, and where bias and zeros start.</summary>
    public sealed record PrefixShape(int Embeddings, int RowsPerEmbedding, int RowLength, int HiddenSize, int BiasStart, int PaddingStart)
    {
        internal static PrefixShape Of(PrefixLayout prefix) =>
            new(prefix.PrefixCount, prefix.Sharding, prefix.RowLength, prefix.HiddenSize, prefix.BiasStart, prefix.PaddingStart);
    }

    /// <summary>One of <c>memory_map</c>.</summary>
    public sealed record ModuleMemory(string Module, string Direction, IReadOnlyList<Slot> Slots)
    {
        internal static ModuleMemory Of(SimulatorModule module) =>
            new(module.Name, Words(module.Direction), [.. module.Memory.Select(slot => new Slot(slot.Signal, slot.Start, slot.Width))]);
    }

    /// <summary>Coordinates of a token and the signal that is kept there.</summary>
    public sealed record Slot(string Signal, int Start, int Width);

    /// <summary><c>parameters</c>: by module, and in the parts of the published accounting.</summary>
    public sealed record ParameterTable(
        IReadOnlyList<ParameterModule> Modules, long ForwardBlocks, long BackwardBlocks, long Prefixes, long Embeddings, long Total)
    {
        internal static ParameterTable Of(SimulatorAccount account)
        {
            ParameterCounts counts = account.Constructed.ParameterCounts;
            return new ParameterTable(
                [.. account.Constructed.Parameters.Select(ParameterModule.Of)], counts.ForwardBlocks, counts.BackwardBlocks, counts.Prefixes, counts.Embeddings, counts.Total);
        }
    }

    /// <summary>Forward, backward and descent parameters of a module in a block, in how many blocks, and all of them.</summary>
    public sealed record ParameterModule(string Module, long Forward, long Backward, long Descent, int ForwardBlocks, int BackwardBlocks, long Total)
    {
        internal static ParameterModule Of(ModuleParameters row) =>
            new(row.Name, row.Forward, row.Backward, row.Descent, row.ForwardBlocks, row.BackwardBlocks, row.Total);
    }

    /// <summary><c>literal</c>: layers, and the cost of the run.</summary>
    public sealed record LiteralSimulator(
        int Depth, int AttentionLayers, int MlpLayers, int DistinctLayers, int LongestChain, Cost Cost, IReadOnlyList<LiteralModule> Modules)
    {
        internal static LiteralSimulator Of(LiteralCost literal) => new(
            literal.Depth,
            literal.AttentionLayers,
            literal.MlpLayers,
            literal.DistinctLayers,
            literal.LongestChain,
            AccountJson.Cost.Of(literal.Total),
            [.. literal.Modules.Select(LiteralModule.Of)]);
    }

    /// <summary>A module in order of execution: its layers, and the cost of one execution.</summary>
    public sealed record LiteralModule(
        string Stage, string Module, string Direction, string Program, int Executions, IReadOnlyList<string> Layers, Cost Cost)
    {
        internal static LiteralModule Of(ExecutedModule module) => new(
            Words(module.Stage),
            module.Name,
            Words(module.Direction),
            module.Program,
            module.Executions,
            [.. module.Layers.Select(layer => Words(layer))],
            AccountJson.Cost.Of(module.PerExecution));
    }

    /// <summary><c>compiled</c>: the cost of the run, and its kernels.</summary>
    public sealed record CompiledSimulator(Cost Cost, IReadOnlyList<CompiledKernel> Kernels);

    /// <summary>A kernel: calls in the run, and the cost of one call on weights as they are stored.</summary>
    public sealed record CompiledKernel(string Routine, string Kernel, long Calls, Cost Cost)
    {
        internal static CompiledKernel Of(KernelCost kernel) =>
            new(Words(kernel.Routine), CompiledTables.NameOf(kernel), kernel.Calls, AccountJson.Cost.Of(kernel.PerCall));
    }

    /// <summary>Operations, and bytes that are moved.</summary>
    public sealed record Cost(
        long ProductOperations,
        long ElementOperations,
        long ParameterBytesRead,
        long ParameterBytesWritten,
        long ActivationBytesRead,
        long ActivationBytesWritten)
    {
        internal static Cost Of(OperationCost cost) => new(
            cost.ProductOperations,
            cost.ElementOperations,
            cost.ParameterBytesRead,
            cost.ParameterBytesWritten,
            cost.ActivationBytesRead,
            cost.ActivationBytesWritten);
    }

    /// <summary><c>division</c>: sequences that share products, and groups of them that run at the same time.</summary>
    public sealed record BatchParts(int SequencesTogether, int SideBySide);

    /// <summary><c>memory</c>, in bytes.</summary>
    public sealed record MemoryParts(
        long Weights,
        long Updated,
        long TransientBuffers,
        long MemorySlots,
        long HeadBlock,
        long SharedScratch,
        long ThreadScratch,
        long Results,
        long Peak)
    {
        internal static MemoryParts Of(MemoryPlan memory) => new(
            memory.Weights,
            memory.Updated,
            memory.TransientBuffers,
            memory.MemorySlots,
            memory.HeadBlock,
            memory.SharedScratch,
            memory.ThreadScratch,
            memory.Results,
            memory.Peak);
    }

    /// <summary>One of <c>buffers</c>: offset and columns in floats a token; whether each trained layer has one, and whether it has rows of the training part alone.</summary>
    public sealed record ArenaBuffer(string Name, int Offset, int Columns, bool Memory, bool TrainingRows)
    {
        internal static ArenaBuffer Of(TokenBuffer buffer) => new(buffer.Name, buffer.Offset, buffer.Columns, buffer.Memory, buffer.TrainingRows);
    }
}

[JsonSerializable(typeof(AccountJson)), JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class AccountContract : JsonSerializerContext;
