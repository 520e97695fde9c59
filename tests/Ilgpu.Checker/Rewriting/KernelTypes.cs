using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using ILGPU;
using Ilgpu.Checker.Execution;

namespace Ilgpu.Checker.Rewriting;

/// <summary>Makes the types of a kernel's frame and of its arguments.</summary>
internal static class KernelTypes
{
    public static string LocalName(int index) => "local" + index.ToString(CultureInfo.InvariantCulture);

    public static string ArgumentName(int index) => "argument" + index.ToString(CultureInfo.InvariantCulture);

    private static readonly ModuleBuilder Module =
        AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(Context.RuntimeAssemblyName), AssemblyBuilderAccess.Run).DefineDynamicModule("Kernels");

    private static readonly Dictionary<string, Type> Known = new(StringComparer.Ordinal);

    /// <summary>A type for each: the frame keeps the variables that are needed behind a barrier. Kernels alike share them.</summary>
    public static (Type Frame, Type Arguments) Create(MethodInfo kernel, KernelBody body, IEnumerable<int> kept)
    {
        IEnumerable<(string, Type)> variables = kept
            .Where(index => !body.Locals[index].IsByRef)
            .Select(index => (LocalName(index), body.Locals[index]));
        IEnumerable<(string, Type)> arguments = kernel.GetParameters().Select((parameter, index) => (ArgumentName(index), parameter.ParameterType));
        return (Define("Frame", typeof(KernelFrame), variables), Define("Arguments", typeof(object), arguments));
    }

    private static Type Define(string name, Type parent, IEnumerable<(string Name, Type Type)> fields)
    {
        (string Name, Type Type)[] all = [.. fields];
        string key = name + string.Concat(all.Select(field => $"|{field.Name} {field.Type.AssemblyQualifiedName}"));
        lock (Known)
        {
            if (Known.TryGetValue(key, out Type? known))
                return known;
            TypeBuilder type = Module.DefineType(
                name + Known.Count.ToString(CultureInfo.InvariantCulture), TypeAttributes.Public | TypeAttributes.Sealed, parent);
            foreach ((string fieldName, Type fieldType) in all)
                type.DefineField(fieldName, fieldType, FieldAttributes.Public);
            return Known[key] = type.CreateType();
        }
    }
}
