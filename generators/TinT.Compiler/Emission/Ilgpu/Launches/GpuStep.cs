using TinT.Compiler.Lowering;

namespace TinT.Compiler.Emission.Ilgpu.Launches;

/// <summary>A kernel of a routine as a GPU simulator launches it.</summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Activation">The activation that is fused to it, or <see langword="null"/>.</param>
/// <param name="Index">Its place in the routine.</param>
/// <param name="OnlyAttended">Whether it runs only if earlier steps are attended to: an activation whose product has written it already, but before their part was added.</param>
internal sealed record GpuStep(Kernel Kernel, Kernel? Activation, int Index, bool OnlyAttended);
