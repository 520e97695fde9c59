using ILGPU.Execution;

namespace ILGPU.Runtime;

/// <summary>Compiles kernels that work in groups, for as many parameters as ILGPU allows.</summary>
public static partial class KernelLoaders
{
    /// <summary>Compiles a kernel of groups.</summary>
    public static Action<KernelConfig, T1> LoadStreamKernel<T1>(this Accelerator accelerator, Action<T1> action)
        where T1 : struct
    {
        KernelLaunch launch = KernelLaunch.Load(accelerator, action);
        return (configuration, a1) => launch.Run(configuration, a1);
    }

    /// <summary>Compiles a kernel of groups.</summary>
    public static Action<KernelConfig, T1, T2> LoadStreamKernel<T1, T2>(this Accelerator accelerator, Action<T1, T2> action)
        where T1 : struct
        where T2 : struct
    {
        KernelLaunch launch = KernelLaunch.Load(accelerator, action);
        return (configuration, a1, a2) => launch.Run(configuration, a1, a2);
    }

    /// <summary>Compiles a kernel of groups.</summary>
    public static Action<KernelConfig, T1, T2, T3> LoadStreamKernel<T1, T2, T3>(this Accelerator accelerator, Action<T1, T2, T3> action)
        where T1 : struct
        where T2 : struct
        where T3 : struct
    {
        KernelLaunch launch = KernelLaunch.Load(accelerator, action);
        return (configuration, a1, a2, a3) => launch.Run(configuration, a1, a2, a3);
    }

    /// <summary>Compiles a kernel of groups.</summary>
    public static Action<KernelConfig, T1, T2, T3, T4> LoadStreamKernel<T1, T2, T3, T4>(this Accelerator accelerator, Action<T1, T2, T3, T4> action)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
    {
        KernelLaunch launch = KernelLaunch.Load(accelerator, action);
        return (configuration, a1, a2, a3, a4) => launch.Run(configuration, a1, a2, a3, a4);
    }

    /// <summary>Compiles a kernel of groups.</summary>
    public static Action<KernelConfig, T1, T2, T3, T4, T5> LoadStreamKernel<T1, T2, T3, T4, T5>(this Accelerator accelerator, Action<T1, T2, T3, T4, T5> action)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
    {
        KernelLaunch launch = KernelLaunch.Load(accelerator, action);
        return (configuration, a1, a2, a3, a4, a5) => launch.Run(configuration, a1, a2, a3, a4, a5);
    }

    /// <summary>Compiles a kernel of groups.</summary>
    public static Action<KernelConfig, T1, T2, T3, T4, T5, T6> LoadStreamKernel<T1, T2, T3, T4, T5, T6>(this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6> action)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct
    {
        KernelLaunch launch = KernelLaunch.Load(accelerator, action);
        return (configuration, a1, a2, a3, a4, a5, a6) => launch.Run(configuration, a1, a2, a3, a4, a5, a6);
    }

    /// <summary>Compiles a kernel of groups.</summary>
    public static Action<KernelConfig, T1, T2, T3, T4, T5, T6, T7> LoadStreamKernel<T1, T2, T3, T4, T5, T6, T7>(this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6, T7> action)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct
        where T7 : struct
    {
        KernelLaunch launch = KernelLaunch.Load(accelerator, action);
        return (configuration, a1, a2, a3, a4, a5, a6, a7) => launch.Run(configuration, a1, a2, a3, a4, a5, a6, a7);
    }

    /// <summary>Compiles a kernel of groups.</summary>
    public static Action<KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8> LoadStreamKernel<T1, T2, T3, T4, T5, T6, T7, T8>(this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6, T7, T8> action)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct
        where T7 : struct
        where T8 : struct
    {
        KernelLaunch launch = KernelLaunch.Load(accelerator, action);
        return (configuration, a1, a2, a3, a4, a5, a6, a7, a8) => launch.Run(configuration, a1, a2, a3, a4, a5, a6, a7, a8);
    }

    /// <summary>Compiles a kernel of groups.</summary>
    public static Action<KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9> LoadStreamKernel<T1, T2, T3, T4, T5, T6, T7, T8, T9>(this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6, T7, T8, T9> action)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct
        where T7 : struct
        where T8 : struct
        where T9 : struct
    {
        KernelLaunch launch = KernelLaunch.Load(accelerator, action);
        return (configuration, a1, a2, a3, a4, a5, a6, a7, a8, a9) => launch.Run(configuration, a1, a2, a3, a4, a5, a6, a7, a8, a9);
    }

    /// <summary>Compiles a kernel of groups.</summary>
    public static Action<KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> LoadStreamKernel<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10>(this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10> action)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct
        where T7 : struct
        where T8 : struct
        where T9 : struct
        where T10 : struct
    {
        KernelLaunch launch = KernelLaunch.Load(accelerator, action);
        return (configuration, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10) => launch.Run(configuration, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10);
    }

    /// <summary>Compiles a kernel of groups.</summary>
    public static Action<KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> LoadStreamKernel<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11>(this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11> action)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct
        where T7 : struct
        where T8 : struct
        where T9 : struct
        where T10 : struct
        where T11 : struct
    {
        KernelLaunch launch = KernelLaunch.Load(accelerator, action);
        return (configuration, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11) => launch.Run(configuration, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11);
    }

    /// <summary>Compiles a kernel of groups.</summary>
    public static Action<KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> LoadStreamKernel<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12>(this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12> action)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct
        where T7 : struct
        where T8 : struct
        where T9 : struct
        where T10 : struct
        where T11 : struct
        where T12 : struct
    {
        KernelLaunch launch = KernelLaunch.Load(accelerator, action);
        return (configuration, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12) => launch.Run(configuration, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12);
    }

    /// <summary>Compiles a kernel of groups.</summary>
    public static Action<KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13> LoadStreamKernel<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13>(this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13> action)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct
        where T7 : struct
        where T8 : struct
        where T9 : struct
        where T10 : struct
        where T11 : struct
        where T12 : struct
        where T13 : struct
    {
        KernelLaunch launch = KernelLaunch.Load(accelerator, action);
        return (configuration, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13) => launch.Run(configuration, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13);
    }

    /// <summary>Compiles a kernel of groups.</summary>
    public static Action<KernelConfig, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14> LoadStreamKernel<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14>(this Accelerator accelerator, Action<T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14> action)
        where T1 : struct
        where T2 : struct
        where T3 : struct
        where T4 : struct
        where T5 : struct
        where T6 : struct
        where T7 : struct
        where T8 : struct
        where T9 : struct
        where T10 : struct
        where T11 : struct
        where T12 : struct
        where T13 : struct
        where T14 : struct
    {
        KernelLaunch launch = KernelLaunch.Load(accelerator, action);
        return (configuration, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14) => launch.Run(configuration, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14);
    }
}
