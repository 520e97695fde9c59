using System.Reflection;

namespace Ilgpu.Checker.Rewriting;

/// <summary>Members of structs that are called by their interfaces, static ones among them.</summary>
internal static class InterfaceCalls
{
    /// <summary>What is called.</summary>
    /// <param name="type">The struct.</param>
    /// <param name="member">The interface's member.</param>
    public static MethodInfo Target(Type type, MethodInfo member)
    {
        if (member.DeclaringType is not { IsInterface: true } contract)
            return member;
        InterfaceMapping map = type.GetInterfaceMap(contract);
        MethodInfo target = map.TargetMethods[Array.IndexOf(map.InterfaceMethods, member.IsGenericMethod ? member.GetGenericMethodDefinition() : member)];
        return member.IsGenericMethod ? target.MakeGenericMethod(member.GetGenericArguments()) : target;
    }
}
