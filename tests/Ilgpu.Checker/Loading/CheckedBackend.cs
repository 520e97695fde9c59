using System.Collections.Concurrent;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace Ilgpu.Checker.Loading;

/// <summary>
/// Lets ILGPU compile each kernel, to PTX: what ILGPU refuses never runs here. What runs is the kernel's method, translated by the checker.
/// </summary>
internal sealed class CheckedBackend : Backend
{
    /// <summary>What kernels are compiled for.</summary>
    public static readonly CudaArchitecture Architecture = CudaArchitecture.SM_80;

    /// <summary>Shapes of kernels that ILGPU has compiled in this process: tests open many devices for few kernels, and those of small models differ in their sizes.</summary>
    private static readonly ConcurrentDictionary<string, bool> Accepted = new(StringComparer.Ordinal);

    private readonly Lazy<PTXBackend> compiler;
    private Exception? refusal;

    /// <summary>Creates the backend of a device, which maps no arguments: launchers hand them over as they are.</summary>
    public CheckedBackend(Context context)
        : base(context, new CudaCapabilityContext(Architecture), BackendType.PTX, argumentMapper: null!) =>
        compiler = new Lazy<PTXBackend>(
            () => new PTXBackend(context, new CudaCapabilityContext(Architecture), Architecture, CudaInstructionSet.ISA_70, nvvmAPI: null));

    /// <inheritdoc/>
    public override CompiledKernel Compile<TBackendHook>(in EntryPointDescription entry, in KernelSpecialization specialization, TBackendHook backendHook)
    {
        // ILGPU compiles nothing more in such a context; kernels that were compiled before, and for which it is not asked, are no exception.
        if (refusal is not null)
            throw new InvalidOperationException($"{entry.Name} cannot be compiled: a kernel failed to compile in this context before.", refusal);
        string shape = entry.IndexType + KernelShape.Of(entry.MethodSource);
        if (!Accepted.ContainsKey(shape))
        {
            try
            {
                compiler.Value.Compile(entry, specialization);
            }
            catch (Exception exception)
            {
                refusal = exception;
                throw;
            }

            Accepted[shape] = true;
        }

        return new AcceptedKernel(Context, new EntryPoint(entry, default, specialization));
    }

    /// <inheritdoc/>
    protected override CompiledKernel Compile(EntryPoint entryPoint, in BackendContext backendContext, in KernelSpecialization specialization) =>
        throw new NotSupportedException("A checked device compiles kernels from their methods only.");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && compiler.IsValueCreated)
            compiler.Value.Dispose();
        base.Dispose(disposing);
    }
}
