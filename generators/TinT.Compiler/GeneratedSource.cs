using System.Text;

namespace TinT.Compiler;

/// <summary>One generated source file.</summary>
/// <param name="HintName">File name, such as <c>Gpt2.Simulator.g.cs</c>.</param>
/// <param name="Text">C# text with LF line ends.</param>
public sealed record GeneratedSource(string HintName, string Text)
{
    /// <summary>Encoding of generated files, whoever writes them: UTF-8 without a byte order mark.</summary>
    public static Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
}
