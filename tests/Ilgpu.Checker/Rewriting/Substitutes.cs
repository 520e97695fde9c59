using System.Reflection;
using ILGPU;
using Ilgpu.Checker.Execution;
using Ilgpu.Checker.Kernels;

namespace Ilgpu.Checker.Rewriting;

/// <summary>Methods that are called in the place of ILGPU's own: those that its devices have code for, and elements of views.</summary>
internal static class Substitutes
{
    private static readonly Dictionary<MethodInfo, MethodInfo> Static = new[]
    {
        (typeof(Grid), typeof(CheckedGrid)),
        (typeof(Group), typeof(CheckedGroup)),
        (typeof(SharedMemory), typeof(CheckedSharedMemory)),
        (typeof(LocalMemory), typeof(CheckedLocalMemory)),
        (typeof(Atomic), typeof(CheckedAtomic)),
    }.SelectMany(pair => pair.Item2.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly).Select(
        substitute => (Original(pair.Item1, substitute), substitute)))
        .ToDictionary(pair => pair.Item1, pair => pair.substitute);

    private static readonly Dictionary<(Type View, Type Index), MethodInfo> Elements = typeof(ElementAccess)
        .GetMethods()
        .Where(method => method.Name == nameof(ElementAccess.Element))
        .ToDictionary(
            method => (method.GetParameters()[0].ParameterType.GetElementType()!.GetGenericTypeDefinition(), method.GetParameters()[1].ParameterType));

    /// <summary>What is called in the place of a method; <see langword="null"/> for the method itself.</summary>
    public static MethodInfo? Of(MethodInfo called)
    {
        if (called is { Name: "get_Item", DeclaringType: { IsGenericType: true } view })
            return Elements.TryGetValue((view.GetGenericTypeDefinition(), called.GetParameters()[0].ParameterType), out MethodInfo? element)
                ? element.MakeGenericMethod(view.GetGenericArguments())
                : null;
        if (!called.IsGenericMethod)
            return Static.GetValueOrDefault(called);
        return Static.TryGetValue(called.GetGenericMethodDefinition(), out MethodInfo? substitute)
            ? substitute.MakeGenericMethod(called.GetGenericArguments())
            : null;
    }

    private static MethodInfo Original(Type type, MethodInfo substitute) =>
        type.GetMethod(substitute.Name, substitute.GetGenericArguments().Length, [.. substitute.GetParameters().Select(parameter => parameter.ParameterType)])
        ?? throw new MissingMethodException(type.FullName, substitute.Name);
}
