using System.Reflection;

namespace Ilgpu.Checker.Rewriting;

/// <summary>Arguments of methods, the struct that they are called on among them.</summary>
internal static class MethodSignature
{
    /// <summary>Types of the arguments, in order.</summary>
    /// <param name="method">The method.</param>
    public static Type[] Of(MethodBase method)
    {
        IEnumerable<Type> parameters = method.GetParameters().Select(parameter => parameter.ParameterType);
        return method.IsStatic ? [.. parameters] : [method.DeclaringType!.MakeByRefType(), .. parameters];
    }
}
