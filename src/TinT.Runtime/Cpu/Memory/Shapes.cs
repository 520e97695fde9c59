using System.Globalization;

namespace TinT.Runtime.Cpu.Memory;

/// <summary>Shape checks of the primitives.</summary>
internal static class Shapes
{
    /// <summary>Checks one operand.</summary>
    /// <param name="fits">Whether the shape is right.</param>
    /// <param name="operation">The primitive, as the message names it.</param>
    /// <param name="operand">The parameter.</param>
    /// <param name="actual">What was given.</param>
    /// <param name="rows">Rows it must have.</param>
    /// <param name="columns">Columns it must have.</param>
    /// <exception cref="ArgumentException">The shape is wrong.</exception>
    public static void Require(bool fits, string operation, string operand, WeightView actual, int rows, int columns)
    {
        if (!fits)
            Throw(operation, operand, $"[{Text(actual.Rows)}, {Text(actual.Columns)}]", $"[{Text(rows)}, {Text(columns)}]");
    }

    /// <summary>Checks a matrix.</summary>
    /// <exception cref="ArgumentException">The shape is wrong.</exception>
    public static void Require(string operation, string operand, WeightView actual, int rows, int columns) =>
        Require(actual.Rows == rows && actual.Columns == columns, operation, operand, actual, rows, columns);

    /// <summary>Checks a vector.</summary>
    /// <exception cref="ArgumentException">The length is wrong.</exception>
    public static void RequireLength(string operation, string operand, int actual, int length)
    {
        if (actual != length)
            Throw(operation, operand, $"[{Text(actual)}]", $"[{Text(length)}]");
    }

    private static void Throw(string operation, string operand, string actual, string expected) => throw new ArgumentException(
        $"{operation}: {operand} has shape {actual}, but the other operands need {expected}.", operand);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
