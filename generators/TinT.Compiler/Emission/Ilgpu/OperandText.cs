using TinT.Compiler.Text;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>
/// Writes how the threads of a group bring an operand to lines in shared memory, one for each term: each thread asks for all of its elements before it
/// needs the first. What costs nothing here and much in a kernel is avoided: divisions by what is no power of 2, and branches around loads.
/// </summary>
/// <param name="code">Where to.</param>
/// <param name="operand">The operand.</param>
/// <param name="name">Start of the names of the variables.</param>
/// <param name="lines">Shape of the lines.</param>
/// <param name="terms">Number of terms.</param>
/// <param name="whole">Whether the last terms fill the lines, so that no thread has to ask whether its term is there.</param>
/// <param name="clears">Whether terms that are not there are 0; otherwise they are the last one, for which the other operand is 0.</param>
internal sealed class OperandText(CodeWriter code, TileOperand operand, string name, OperandLines lines, string terms, bool whole, bool clears)
{
    private const int StatementsOnLine = 4;

    /// <summary>Declares the thread's places. Rows, or columns, outside of the operand are read as its last one: what they make is not stored.</summary>
    /// <param name="shared">Shared memory.</param>
    /// <param name="start">Place of the lines in it.</param>
    /// <param name="first">First row, or column, of the tile.</param>
    public void WritePlaces(string shared, int start, string first)
    {
        (string line, string term) = operand.FromRows
            ? ($"thread / {Integer(lines.Depth)}", Remainder("thread", lines.Depth))
            : (Remainder("thread", lines.Size), $"thread / {Integer(lines.Size)}");
        code.Line($"int {name}Line = {line};\nint {name}Term = {term};");
        string offset = start == 0 ? string.Empty : $"{Integer(start)} + ";
        code.Line($"ArrayView<float> {name}Store = {shared}.SubView({offset}({name}Term * {Integer(lines.Pitch)}) + {name}Line, {Integer(((lines.Loads - 1) * StoreStep) + 1)});");
        if (!operand.FromRows)
        {
            code.Line($"int {name}Column = {Inside($"{first} + {name}Line")};");
            return;
        }

        string ownTerm = whole ? $" + {name}Term" : string.Empty;
        WriteStatements(i => $"int {name}Place{Integer(i)} = ({Inside($"{first} + {name}Line{Plus(i * lines.Threads / lines.Depth)}")} * {operand.Stride}){ownTerm};");
    }

    /// <summary>Loads the terms from one on to registers.</summary>
    /// <param name="term">The first term.</param>
    /// <param name="declares">Whether the registers are declared.</param>
    public void WriteLoads(string term, bool declares)
    {
        int step = lines.Threads / lines.Size;
        string own = term == "0" ? $"{name}Term" : $"{term} + {name}Term";
        string number = declares ? "float " : string.Empty;
        string offset = (declares ? "int " : string.Empty) + $"{name}Offset";
        if (whole && !operand.FromRows)
            code.Line($"{offset} = (({own}) * {operand.Stride}) + {name}Column;");
        else if (!whole && operand.FromRows)
            code.Line($"{offset} = XMath.Min({own}, {terms} - 1);");
        if (!whole && clears && operand.FromRows)
            code.Line($"{number}{name}Factor = {own} < {terms} ? 1f : 0f;");
        WriteStatements(i =>
        {
            string index = (operand.FromRows, whole) switch
            {
                (true, true) => $"{name}Place{Integer(i)}" + (term == "0" ? string.Empty : $" + {term}"),
                (true, false) => $"{name}Place{Integer(i)} + {name}Offset",
                (false, true) => $"{name}Offset" + (i == 0 ? string.Empty : $" + ({Integer(i * step)} * {operand.Stride})"),
                (false, false) => $"(XMath.Min({own}{Plus(i * step)}, {terms} - 1) * {operand.Stride}) + {name}Column",
            };
            string factor = whole || !clears ? string.Empty : operand.FromRows ? $" * {name}Factor" : $" * ({own}{Plus(i * step)} < {terms} ? 1f : 0f)";
            return $"{number}{name}Next{Integer(i)} = {operand.Name}[{index}]{factor};";
        });
    }

    /// <summary>Stores what was loaded to shared memory.</summary>
    public void WriteStores() => WriteStatements(i => $"{name}Store[{Integer(i * StoreStep)}] = {name}Next{Integer(i)};");

    /// <summary>The remainder of a number that is not negative by a power of 2: compilers of kernels make a long division of %.</summary>
    public static string Remainder(string number, int power) => $"{number} & {Integer(power - 1)}";

    /// <summary>An offset behind something else.</summary>
    public static string Plus(int offset) => offset == 0 ? string.Empty : " + " + Integer(offset);

    /// <summary>Floats of shared memory between what a thread loads one after the other.</summary>
    private int StoreStep => operand.FromRows ? lines.Threads / lines.Depth : lines.Threads / lines.Size * lines.Pitch;

    /// <summary>A row or column, the last one for those outside of the operand, of which there are none if whole tiles fill it.</summary>
    private string Inside(string index)
    {
        if (!int.TryParse(operand.Bound, out int bound))
            return $"XMath.Min({index}, {operand.Bound} - 1)";
        return bound % lines.Size == 0 ? $"({index})" : $"XMath.Min({index}, {Integer(bound - 1)})";
    }

    private void WriteStatements(Func<int, string> statement)
    {
        for (int i = 0; i < lines.Loads; i += StatementsOnLine)
            code.Line(string.Join(" ", Enumerable.Range(i, Math.Min(StatementsOnLine, lines.Loads - i)).Select(statement)));
    }
}
