namespace Ilgpu.Checker.Execution;

/// <summary>A kernel broke a rule: the message names the rule, the kernel, the group and the thread.</summary>
/// <param name="message">The message.</param>
/// <param name="inner">What .NET said, if it found it.</param>
public sealed class KernelException(string message, Exception? inner = null) : Exception(message, inner);
