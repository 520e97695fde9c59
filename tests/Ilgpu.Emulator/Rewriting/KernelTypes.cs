using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using ILGPU.Execution;

namespace ILGPU.Rewriting;

/// <summary>Makes the types of a kernel's frame and of its arguments.</summary>
internal static class KernelTypes
{
    public static string LocalName(int index) => "local" + index.ToString(CultureInfo.InvariantCulture);

    public static string ArgumentName(int index) => "argument" + index.ToString(CultureInfo.InvariantCulture);

    /// <summary>A type for each: the frame keeps all variables but references to variables, which no barrier lies between.</summary>
    public static (Type Frame, Type Arguments) Create(MethodInfo kernel, KernelBody body)
    {
        AssemblyBuilder assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(Context.RuntimeAssemblyName), AssemblyBuilderAccess.RunAndCollect);
        ModuleBuilder module = assembly.DefineDynamicModule(kernel.Name);
        TypeBuilder frame = module.DefineType("Frame", TypeAttributes.Public | TypeAttributes.Sealed, typeof(KernelFrame));
        for (int index = 0; body.BarrierCount > 0 && index < body.Locals.Count; index++)
        {
            if (!body.Locals[index].IsByRef)
                frame.DefineField(LocalName(index), body.Locals[index], FieldAttributes.Public);
        }

        TypeBuilder arguments = module.DefineType("Arguments", TypeAttributes.Public | TypeAttributes.Sealed);
        ParameterInfo[] parameters = kernel.GetParameters();
        for (int index = 0; index < parameters.Length; index++)
            arguments.DefineField(ArgumentName(index), parameters[index].ParameterType, FieldAttributes.Public);
        return (frame.CreateType(), arguments.CreateType());
    }
}
