using TinT.Literal.Programs;
using TinT.Reference.Matrices;

namespace TinT.Literal.Modules;

/// <summary>A module whose operations are a program: what is executed is what can be written out.</summary>
public abstract class ProgramModule : LiteralModule
{
    private protected ProgramModule(string scope) => Scope = scope;

    /// <summary>Name in front of its parameters, empty or with a dot at the end.</summary>
    public string Scope { get; }

    /// <summary>Name of the program, such as <c>linear_forward</c>.</summary>
    public abstract string Program { get; }

    /// <summary>The operations in order, from the register <c>input</c> to the register <c>output</c>.</summary>
    public IReadOnlyList<ModuleStep> Steps => [.. StepsBetween(Registers<double>.Input, Registers<double>.Output)];

    /// <inheritdoc/>
    public override Matrix<T> Run<T>(LiteralRun<T> run, Matrix<T> hidden)
    {
        Registers<T> registers = new() { [Registers<T>.Input] = hidden };
        foreach (ModuleStep step in Steps)
            step.Run(run, registers);
        return registers[Registers<T>.Output];
    }

    /// <summary>The operations between two registers.</summary>
    /// <param name="from">Register read.</param>
    /// <param name="to">Register written.</param>
    internal abstract IEnumerable<ModuleStep> StepsBetween(string from, string to);
}
