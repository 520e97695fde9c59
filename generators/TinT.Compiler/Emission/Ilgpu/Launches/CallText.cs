namespace TinT.Compiler.Emission.Ilgpu.Launches;

/// <summary>Calls in generated code.</summary>
internal static class CallText
{
    private const int LineLength = 140;

    /// <summary>A call on one line, or with one argument on each if that is too long.</summary>
    /// <param name="name">What is called.</param>
    /// <param name="arguments">Its arguments.</param>
    public static string Of(string name, params IReadOnlyList<string> arguments)
    {
        string line = $"{name}({string.Join(", ", arguments)})";
        return line.Length <= LineLength ? line : $"{name}(\n    {string.Join(",\n    ", arguments)})";
    }
}
