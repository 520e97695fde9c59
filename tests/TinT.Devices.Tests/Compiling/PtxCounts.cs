using System.Globalization;
using System.Text.RegularExpressions;

namespace TinT.Devices.Tests.Compiling;

/// <summary>What decides how fast a kernel can be, counted in its PTX.</summary>
internal static partial class PtxCounts
{
    private static readonly (string Name, string Pattern)[] Instructions =
    [
        ("ld.global", @"\bld\.global"),
        ("st.global", @"\bst\.global"),
        ("ld.shared", @"\bld\.shared"),
        ("st.shared", @"\bst\.shared"),
        ("mul.f32", @"\bmul\.f32"),
        ("add.f32", @"\badd\.f32"),
        ("bar", @"\bbar\."),
    ];

    /// <summary>Kinds of registers, as PTX declares them.</summary>
    private static readonly string[] Registers = ["f32", "b32", "b64"];

    /// <summary>Heads of the columns.</summary>
    public static string Heads => Line("kernel", [.. Instructions.Select(instruction => instruction.Name), .. Registers, "all"]);

    /// <summary>Counts of a kernel.</summary>
    /// <param name="kernel">Its name.</param>
    /// <param name="ptx">Its code.</param>
    public static string Of(string kernel, string ptx) => Line(
        kernel,
        [
            .. Instructions.Select(instruction => Number(Regex.Count(ptx, instruction.Pattern))),
            .. Registers.Select(register => Number(Declared(ptx, register))),
            Number(Instruction().Count(ptx)),
        ]);

    private static int Declared(string ptx, string register) =>
        Regex.Match(ptx, $@"\.reg\s+\.{register}\s+%\w+<(\d+)>") is { Success: true } match
            ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : 0;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Line(string kernel, IEnumerable<string> columns) =>
        string.Concat(columns.Select(column => column.PadLeft(11)).Prepend(kernel.PadRight(30))) + "\n";

    [GeneratedRegex(@"^\s+[@a-z][^\n]*;\s*$", RegexOptions.Multiline)]
    private static partial Regex Instruction();
}
