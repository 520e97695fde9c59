using System.Reflection.Emit;

namespace ILGPU.Rewriting;

/// <summary>A method that kernels call, translated.</summary>
/// <param name="Method">The translation.</param>
/// <param name="UsesAlgorithms">Whether it uses <c>XMath</c>.</param>
internal sealed record CalledMethod(DynamicMethod Method, bool UsesAlgorithms);
