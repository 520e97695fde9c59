using System.Reflection;
using ILGPU.Execution;
using ILGPU.Runtime;

namespace ILGPU.Rewriting;

/// <summary>
/// Instructions that index a view, and those that read the element at once, as one call: much less to compile than the indexers of the views, which
/// call each other, and the view tells the memory, which otherwise is found by the element's address.
/// </summary>
/// <param name="Method">What is called in their place, with the view and an int.</param>
/// <param name="Count">Number of instructions.</param>
internal sealed record ViewAccess(MethodInfo Method, int Count)
{
    private static readonly MethodInfo Element = typeof(ElementAccess).GetMethod(nameof(ElementAccess.Element))!;
    private static readonly MethodInfo ReadElement = typeof(ElementAccess).GetMethod(nameof(ElementAccess.ReadElement))!;
    private static readonly MethodInfo ToIndex = typeof(Index1D).GetMethod("op_Implicit", [typeof(int)])!;

    private static readonly Dictionary<MethodBase, MethodInfo> Elements = Indexers(Element);
    private static readonly Dictionary<MethodBase, MethodInfo> Readers = Indexers(ReadElement);

    /// <summary>What begins at an instruction; <see langword="null"/> if it indexes no view.</summary>
    /// <param name="instructions">The instructions of a method.</param>
    /// <param name="first">The first.</param>
    /// <param name="labels">Offsets that are jumped to, which no call may skip.</param>
    public static ViewAccess? Find(IReadOnlyList<Instruction> instructions, int first, Dictionary<int, int> labels)
    {
        int item = first;
        bool converted = Equals(instructions[first].Operand, ToIndex) && first + 1 < instructions.Count && !labels.ContainsKey(instructions[first + 1].Offset);
        if (converted)
            item++;
        if (instructions[item].Operand is not MethodInfo indexer || !Elements.TryGetValue(indexer, out MethodInfo? method))
            return null;
        if (indexer.GetParameters()[0].ParameterType == typeof(Index1D) != converted)
            return null;
        bool reads = item + 1 < instructions.Count
            && !labels.ContainsKey(instructions[item + 1].Offset)
            && instructions[item + 1].Code.Name!.Split('.')[0] is "ldind" or "ldobj";
        return reads ? new ViewAccess(Readers[indexer], item + 2 - first) : new ViewAccess(method, item + 1 - first);
    }

    /// <summary>What stands for the indexers of the views that kernels have. A one-dimensional dense view is its elements' view and nothing else.</summary>
    private static Dictionary<MethodBase, MethodInfo> Indexers(MethodInfo method)
    {
        var indexers = new Dictionary<MethodBase, MethodInfo>();
        Add<float>();
        Add<int>();
        return indexers;

        void Add<T>()
            where T : unmanaged
        {
            indexers.Add(typeof(ArrayView<T>).GetMethod("get_Item", [typeof(int)])!, method.MakeGenericMethod(typeof(T)));
            indexers.Add(typeof(ArrayView1D<T, Stride1D.Dense>).GetMethod("get_Item", [typeof(Index1D)])!, method.MakeGenericMethod(typeof(T)));
        }
    }
}
