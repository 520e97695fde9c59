namespace TinT.Compiler;

/// <summary>One generated source file.</summary>
/// <param name="HintName">File name, such as <c>Gpt2.Simulator.g.cs</c>.</param>
/// <param name="Text">C# text with LF line ends.</param>
public sealed record GeneratedSource(string HintName, string Text);
