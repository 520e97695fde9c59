using System.Numerics;
using System.Numerics.Tensors;
using TinT.Literal.Primitives;
using TinT.Model;
using TinT.Reference.Matrices;
using TinT.Reference.Tape;

namespace TinT.Literal.Programs;

/// <summary>
/// One operation of a module's program. It reads and writes registers, each of which holds embeddings [P + T, H]; what is written is new, and
/// the register <see cref="Registers{T}.Input"/> is never written.
/// </summary>
public abstract record ModuleStep
{
    /// <summary>Executes the operation.</summary>
    /// <typeparam name="T">Element type.</typeparam>
    /// <param name="run">Parameters, position codes and masks.</param>
    /// <param name="registers">The registers.</param>
    internal abstract void Run<T>(LiteralRun<T> run, Registers<T> registers)
        where T : IFloatingPointIeee754<T>;
}

/// <summary>A split or mixing map of every embedding.</summary>
/// <param name="From">Register read.</param>
/// <param name="To">Register written.</param>
/// <param name="Map">The map with its parameters.</param>
public sealed record MapStep(string From, string To, EmbeddingMap Map) : ModuleStep
{
    internal override void Run<T>(LiteralRun<T> run, Registers<T> registers) => registers[To] = Map.Apply(run, registers[From]);
}

/// <summary>The activation of every coordinate.</summary>
/// <param name="From">Register read.</param>
/// <param name="To">Register written.</param>
public sealed record ActivateStep(string From, string To) : ModuleStep
{
    internal override void Run<T>(LiteralRun<T> run, Registers<T> registers) => registers[To] = run.Activate(registers[From]);
}

/// <summary>The product of two registers, coordinate by coordinate.</summary>
/// <param name="From">Register read.</param>
/// <param name="Factor">The other register read.</param>
/// <param name="To">Register written.</param>
public sealed record MultiplyStep(string From, string Factor, string To) : ModuleStep
{
    internal override void Run<T>(LiteralRun<T> run, Registers<T> registers)
    {
        Matrix<T> from = registers[From];
        Matrix<T> product = run.Scratch.Take(from.Rows, from.Columns);
        TensorPrimitives.Multiply(from.AsSpan(), registers[Factor].AsSpan(), product.AsSpan());
        registers[To] = product;
    }
}

/// <summary>Rotary positions: the tokens' coordinates of some heads are turned by the angles of each token's position.</summary>
/// <param name="From">Register read.</param>
/// <param name="To">Register written.</param>
/// <param name="Start">First coordinate of the first head.</param>
/// <param name="Heads">Heads, one after another.</param>
/// <param name="HeadSize">Coordinates d of a head.</param>
/// <param name="Back">Whether they are turned the other way round.</param>
public sealed record RotateStep(string From, string To, int Start, int Heads, int HeadSize, bool Back) : ModuleStep
{
    /// <summary>The steps that turn queries and keys, one after another in front of the tokens; none if the model has no rotary positions.</summary>
    internal static IEnumerable<ModuleStep> QueriesAndKeys(ConstructionSettings construction, string from, string to, bool back)
    {
        AuxiliaryDescription model = construction.Auxiliary;
        return model.Rotary is null
            ? []
            :
            [
                new RotateStep(from, to, 0, model.HeadCount, model.HeadSize, back),
                new RotateStep(to, to, construction.QueryWidth, model.KeyValueHeadCount, model.HeadSize, back),
            ];
    }

    internal override void Run<T>(LiteralRun<T> run, Registers<T> registers)
    {
        Matrix<T> from = registers[From];
        Matrix<T> turned = run.Scratch.Take(from.Rows, from.Columns);
        from.AsSpan().CopyTo(turned.AsSpan());
        RotaryAngles<T> angles = run.Angles ?? throw new InvalidOperationException("The model has no rotary positions.");
        for (int position = run.PrefixCount; position < turned.Rows; position++)
        {
            for (int head = 0; head < Heads; head++)
                angles.Turn(position - run.PrefixCount, turned.Row(position, Start + (head * HeadSize), HeadSize), Back);
        }

        registers[To] = turned;
    }
}

/// <summary>The norm, without gain and bias, of stretches of the first D coordinates of every embedding.</summary>
/// <param name="From">Register read.</param>
/// <param name="To">Register written.</param>
/// <param name="Norm">The norm.</param>
internal sealed record NormalizeStep(string From, string To, RegionNorm Norm) : ModuleStep
{
    internal override void Run<T>(LiteralRun<T> run, Registers<T> registers) => registers[To] = Norm.Normalize(run, registers[From]);
}

/// <summary>The first D coordinates of one register beside the other coordinates of another.</summary>
/// <param name="Before">Register with the other coordinates.</param>
/// <param name="After">Register with the first D coordinates.</param>
/// <param name="To">Register written.</param>
/// <param name="Norm">The norm, whose weights choose the coordinates.</param>
internal sealed record MixRegionStep(string Before, string After, string To, RegionNorm Norm) : ModuleStep
{
    internal override void Run<T>(LiteralRun<T> run, Registers<T> registers) =>
        registers[To] = Norm.Mix(run, registers[Before], registers[After]);
}

/// <summary>Position gates: a register becomes a mixture of what was before a module and of itself.</summary>
/// <param name="Before">Register with the embeddings before.</param>
/// <param name="After">Register with the embeddings after, which becomes the mixture.</param>
/// <param name="Gates">The gates with their parameters.</param>
public sealed record GatesStep(string Before, string After, PositionGates Gates) : ModuleStep
{
    internal override void Run<T>(LiteralRun<T> run, Registers<T> registers) => Gates.Apply(run, registers[Before], registers[After]);
}

/// <summary>Attention of the simulator.</summary>
/// <param name="From">Register read.</param>
/// <param name="To">Register written.</param>
/// <param name="Attention">The attention with its parameters.</param>
/// <param name="Mask">Which query may attend to which key.</param>
/// <param name="SendMask">With transposed attention, which receiver may take what which sender sends back.</param>
public sealed record AttentionStep(string From, string To, SimulatorAttention Attention, MaskRule Mask, MaskRule? SendMask = null) : ModuleStep
{
    /// <summary>Positions that a query attends to, itself included; 0 for all that the mask allows.</summary>
    public int Window { get; init; }

    internal override void Run<T>(LiteralRun<T> run, Registers<T> registers) =>
        registers[To] = Attention.Apply(run, registers[From], Mask.In(run, Window), SendMask?.In(run));
}

/// <summary>The gradient through the scores of softmax attention.</summary>
/// <param name="From">Register read.</param>
/// <param name="To">Register written.</param>
/// <param name="Attention">The attention with its parameters.</param>
/// <param name="Mask">Which query may attend to which key.</param>
/// <param name="SendMask">Which key may receive what which query sends back.</param>
public sealed record ScoreGradientStep(string From, string To, ScoreGradientAttention Attention, MaskRule Mask, MaskRule SendMask) : ModuleStep
{
    /// <summary>Positions that a query attends to, itself included; 0 for all that the mask allows.</summary>
    public int Window { get; init; }

    internal override void Run<T>(LiteralRun<T> run, Registers<T> registers) =>
        registers[To] = Attention.Apply(run, registers[From], Mask.In(run, Window), SendMask.In(run));
}

/// <summary>A residual connection of the tokens: coordinates of one register are added to coordinates of another.</summary>
/// <param name="From">Register read.</param>
/// <param name="FromStart">First coordinate read.</param>
/// <param name="To">Register added to.</param>
/// <param name="ToStart">First coordinate added to.</param>
/// <param name="Width">Coordinates.</param>
public sealed record AddToTokensStep(string From, int FromStart, string To, int ToStart, int Width) : ModuleStep
{
    internal override void Run<T>(LiteralRun<T> run, Registers<T> registers) =>
        run.AddToTokens(registers[From], FromStart, registers[To], ToStart, Width);
}

/// <summary>New embeddings: the prefix of a register, or none, in front of tokens of zeros.</summary>
/// <param name="From">Register with the prefix; <see langword="null"/> for zeros there too.</param>
/// <param name="To">Register written.</param>
public sealed record TakePrefixStep(string? From, string To) : ModuleStep
{
    internal override void Run<T>(LiteralRun<T> run, Registers<T> registers)
    {
        Matrix<T> input = registers[Registers<T>.Input];
        Matrix<T> taken = run.Scratch.Take(input.Rows, input.Columns);
        if (From is not null)
            registers[From].AsSpan()[..(run.PrefixCount * input.Columns)].CopyTo(taken.AsSpan());
        registers[To] = taken;
    }
}
