using System.Reflection;
using ILGPU;
using Ilgpu.Checker.Execution;

namespace Ilgpu.Checker.Rewriting;

/// <summary>
/// Instructions that index a view, and those that read the element at once, as one call: much less to compile than the indexers of the views, which
/// call each other, and the view tells the memory, which otherwise is found by the element's address.
/// </summary>
/// <param name="Method">What is called in their place, with the view and its index.</param>
/// <param name="Count">Number of instructions.</param>
internal sealed record ViewAccess(MethodInfo Method, int Count)
{
    private static readonly MethodInfo ToIndex = typeof(Index1D).GetMethod("op_Implicit", [typeof(int)])!;

    private static readonly Dictionary<Type, MethodInfo> Readers = typeof(ElementAccess)
        .GetMethods()
        .Where(method => method.Name == nameof(ElementAccess.ReadElement))
        .ToDictionary(method => method.GetParameters()[0].ParameterType.GetElementType()!.GetGenericTypeDefinition());

    /// <summary>What begins at an instruction; <see langword="null"/> if it reads no element with an index of 32 bits.</summary>
    /// <param name="instructions">The instructions of a method.</param>
    /// <param name="first">The first.</param>
    /// <param name="labels">Offsets that are jumped to, which no call may skip.</param>
    public static ViewAccess? Find(IReadOnlyList<Instruction> instructions, int first, Dictionary<int, int> labels)
    {
        int item = Equals(instructions[first].Operand, ToIndex) ? first + 1 : first;
        int load = item + 1;
        if (load >= instructions.Count || Enumerable.Range(first + 1, load - first).Any(index => labels.ContainsKey(instructions[index].Offset)))
            return null;
        if (instructions[load].Code.Name!.Split('.')[0] is not ("ldind" or "ldobj"))
            return null;
        if (instructions[item].Operand is not MethodInfo { Name: "get_Item", DeclaringType: { IsGenericType: true } view } indexer)
            return null;
        if (indexer.GetParameters()[0].ParameterType != (item > first ? typeof(Index1D) : typeof(int)))
            return null;
        return Readers.TryGetValue(view.GetGenericTypeDefinition(), out MethodInfo? reader)
            ? new ViewAccess(reader.MakeGenericMethod(view.GetGenericArguments()), load + 1 - first)
            : null;
    }
}
