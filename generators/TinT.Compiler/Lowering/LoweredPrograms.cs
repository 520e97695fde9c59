namespace TinT.Compiler.Lowering;

/// <summary>The kernel programs of one spec: the same kernels, in the forms of the update that each target runs.</summary>
/// <param name="Processor">Of the processor.</param>
/// <param name="Gpus">Of GPUs.</param>
/// <param name="All">With every form that any target has, for which parameters and buffers are planned.</param>
public sealed record LoweredPrograms(KernelProgram Processor, KernelProgram Gpus, KernelProgram All);
