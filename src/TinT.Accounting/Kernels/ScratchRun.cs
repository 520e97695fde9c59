namespace TinT.Accounting.Kernels;

/// <summary>What the working memory of a call depends on besides the kernel.</summary>
/// <param name="Together">Sequences that run together.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Logits">Whether the caller wants logits.</param>
internal readonly record struct ScratchRun(int Together, int Threads, bool Logits);
