using System.Reflection;
using ILGPU.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TinT.Tests.Common;

namespace TinT.Ilgpu.Tests;

/// <summary>Kernels use nothing but what ran right on every device, by what names mean and not by how they look.</summary>
public sealed class KernelSurfaceTests
{
    private static readonly HashSet<string> Allowed =
    [
        "ILGPU.Group: Int32 get_IdxX()", "ILGPU.Group: Int32 get_IdxY()", "ILGPU.Group: Void Barrier()", "ILGPU.Grid: Int32 get_IdxX()", "ILGPU.Grid: Int32 get_IdxY()",
        "ILGPU.SharedMemory: ILGPU.ArrayView`1[System.Single] Allocate[Single](Int32)",
        "ILGPU.ArrayView`1[System.Single]: Single& get_Item(Int32)",
        "ILGPU.ArrayView`1[System.Single]: ILGPU.ArrayView`1[System.Single] SubView(Int64, Int64)",
        "ILGPU.Runtime.ArrayView1D`2[System.Single,ILGPU.Stride1D+Dense]: Single& get_Item(ILGPU.Index1D)",
        "ILGPU.Runtime.ArrayView1D`2[System.Int32,ILGPU.Stride1D+Dense]: Int32& get_Item(ILGPU.Index1D)",
        "ILGPU.Index1D: Int32 op_Implicit(ILGPU.Index1D)",
        "ILGPU.Index1D: ILGPU.Index1D op_Implicit(Int32)",
        "ILGPU.Algorithms.XMath: Single Exp(Single)", "ILGPU.Algorithms.XMath: Single Sqrt(Single)",
        "ILGPU.Algorithms.XMath: Single Max(Single, Single)", "ILGPU.Algorithms.XMath: Int32 Min(Int32, Int32)", "ILGPU.Algorithms.XMath: Single Min(Single, Single)",
        "ILGPU.IntrinsicMath: Single Abs(Single)",
    ];

    private static readonly HashSet<SyntaxKind> Refused =
    [
        SyntaxKind.ThrowStatement, SyntaxKind.ThrowExpression, SyntaxKind.StackAllocArrayCreationExpression, SyntaxKind.ArrayCreationExpression,
        SyntaxKind.ObjectCreationExpression, SyntaxKind.SimpleLambdaExpression, SyntaxKind.ParenthesizedLambdaExpression, SyntaxKind.TryStatement,
        SyntaxKind.StringLiteralExpression, SyntaxKind.InterpolatedStringExpression,
    ];

    [Fact]
    public void Kernels_of_every_option_use_the_portable_surface_only()
    {
        // Consecutive seeds go through architectures, losses and norms; activations are drawn. What has no gain matrices has a dual form, and is given it here and there.
        SmallSpec[] specs =
        [
            .. SmallSpec.Activations.Select((activation, index) => new SmallSpec($"Activation{index}")
            {
                Activation = activation,
                Attention = SmallSpec.Attentions[index % 3],
                Update = SmallSpec.Updates[index % 2],
                Steps = 2,
            }),
            .. Enumerable.Range(0, 6).Select(RandomCases.Spec),
        ];
        CSharpCompilation compilation = GeneratedCode.Compilation(specs.DistinctBy(spec => spec.Model).SelectMany(spec => GpuCode.Sources(spec.Text, spec.FileName)));
        foreach (SyntaxTree kernels in compilation.SyntaxTrees.Where(tree => tree.FilePath.EndsWith("IlgpuKernels.g.cs", StringComparison.Ordinal)))
            Assert.DoesNotContain(kernels.GetRoot().DescendantNodes(), node => Refused.Contains(node.Kind()));

        Assembly code = GeneratedCode.Load(compilation);
        var used = new SortedSet<string>(code.GetTypes().Where(type => type.Name.EndsWith("IlgpuKernels", StringComparison.Ordinal)).SelectMany(Used), StringComparer.Ordinal);

        Assert.Equal("", string.Join('\n', used.Except(Allowed)));
        Assert.Contains("ILGPU.Group: Void Barrier()", used);
    }

    /// <summary>Members from outside of the generated code that the instructions of a class's methods refer to.</summary>
    private static IEnumerable<string> Used(Type type) => type
        .GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        .SelectMany(MethodReader.Read)
        .Select(instruction => instruction.Operand)
        .OfType<MemberInfo>()
        .Where(member => member.Module != type.Module)
        .Select(member => $"{member.DeclaringType}: {member}");
}
