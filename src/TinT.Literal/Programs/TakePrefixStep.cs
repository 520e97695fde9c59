using TinT.Reference.Matrices;

namespace TinT.Literal.Programs;

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
