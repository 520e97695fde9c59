using System.Reflection;
using System.Runtime.CompilerServices;
using Ilgpu.Checker.Execution;

namespace Ilgpu.Checker.Rewriting;

/// <summary>A kernel translated to run one thread from barrier to barrier; the same for all devices.</summary>
internal sealed class TranslatedKernel
{
    private static readonly ConditionalWeakTable<MethodInfo, TranslatedKernel> Known = [];

    private TranslatedKernel(MethodInfo method)
    {
        KernelBody body = KernelRewriter.Run(method);
        int[][] kept = body.KeptAtBarriers();
        (FrameType, ArgumentsType) = KernelTypes.Create(method, body, kept.SelectMany(variables => variables).Distinct().Order());
        Fields = [.. method.GetParameters().Select((_, index) => ArgumentsType.GetField(KernelTypes.ArgumentName(index))!)];
        Step = KernelEmitter.Emit(method, body, kept, FrameType, ArgumentsType);
        HasBarriers = body.BarrierCount > 0;
    }

    /// <summary>Runs a thread up to its next barrier; returns which that is, 0 for the end.</summary>
    public Func<KernelFrame, int> Step { get; }

    /// <summary>Keeps a thread's variables while it waits.</summary>
    public Type FrameType { get; }

    /// <summary>Keeps a launch's arguments.</summary>
    public Type ArgumentsType { get; }

    /// <summary>The arguments' fields, in order.</summary>
    public FieldInfo[] Fields { get; }

    /// <summary>Whether threads wait.</summary>
    public bool HasBarriers { get; }

    /// <summary>A kernel, translated when it is first asked for.</summary>
    /// <param name="method">The kernel.</param>
    /// <exception cref="NotSupportedException">The checker does not know all that it does.</exception>
    public static TranslatedKernel Of(MethodInfo method) => Known.GetValue(method, unknown => new TranslatedKernel(unknown));
}
