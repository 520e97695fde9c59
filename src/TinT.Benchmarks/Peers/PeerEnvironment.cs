using System.Collections;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace TinT.Benchmarks.Peers;

/// <summary>
/// Variables by which an environment chooses the kernels, threads and allocators of peers. Those that are set are taken away before anything is measured, so
/// that a table holds what it says; a peer then has its own choice, or what is known to be best for it.
/// </summary>
internal static partial class PeerEnvironment
{
    private static readonly string[] prefixes = ["OPENBLAS_", "GOTO_", "MKL_", "OMP_", "GOMP_", "KMP_", "MALLOC_", "GLIBC_TUNABLES"];

    /// <summary>
    /// What serves peers best: OpenBLAS's kernels for AVX-512, which it does not take on processors younger than itself, and an allocator that gives no memory
    /// back and asks for large pages; otherwise PyTorch faults its activations page by page at each step.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Tuned { get; } = new Dictionary<string, string>(
        OpenBlas.BestCore is { } core ? [KeyValuePair.Create(OpenBlas.CoreVariable, core)] : [])
    {
        ["MALLOC_MMAP_MAX_"] = "0",
        ["MALLOC_TRIM_THRESHOLD_"] = "34359738368",
        ["MALLOC_TOP_PAD_"] = "268435456",
        ["GLIBC_TUNABLES"] = "glibc.malloc.hugetlb=1",
    };

    /// <summary>Takes such variables from this process, for libraries that it loads and processes that it starts.</summary>
    /// <returns>What was set, in the order of names.</returns>
    public static IReadOnlyList<string> Neutralise()
    {
        (string Name, string Value)[] presets =
        [
            .. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => ((string)entry.Key, (string?)entry.Value ?? ""))
                .Where(preset => Array.Exists(prefixes, prefix => preset.Item1.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
                .OrderBy(preset => preset.Item1, StringComparer.Ordinal),
        ];
        foreach ((string name, _) in presets)
        {
            Environment.SetEnvironmentVariable(name, null);

            // Libraries ask the C library, which does not see what .NET takes away.
            if (!OperatingSystem.IsWindows() && UnsetEnvironment(name) != 0)
                throw new InvalidOperationException($"{name} could not be taken from the environment.");
        }

        return [.. presets.Select(preset => $"{preset.Name}={preset.Value}")];
    }

    [LibraryImport("libc", EntryPoint = "unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnsetEnvironment(string name);
}
