using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;

namespace Ilgpu.Checker.Loading;

/// <summary>A kernel that ILGPU compiles.</summary>
/// <param name="context">Its context.</param>
/// <param name="entry">Its method, index and parameters.</param>
internal sealed class AcceptedKernel(Context context, EntryPoint entry) : CompiledKernel(context, entry, info: null)
{
    /// <summary>Its method, index and parameters.</summary>
    public EntryPoint Entry { get; } = entry;
}
