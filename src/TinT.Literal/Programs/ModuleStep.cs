using System.Numerics;

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
