using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TinT.Tests.Common;

namespace TinT.Ilgpu.Tests;

/// <summary>Kernels use nothing but what ran right on every device, by what names mean and not by how they look.</summary>
public sealed class KernelSurfaceTests
{
    private static readonly HashSet<string> Allowed =
    [
        "ILGPU.Group.IdxX", "ILGPU.Group.IdxY", "ILGPU.Group.Barrier()", "ILGPU.Grid.IdxX", "ILGPU.Grid.IdxY",
        "ILGPU.SharedMemory.Allocate<float>(int)",
        "ILGPU.ArrayView<float>.this[int]",
        "ILGPU.Runtime.ArrayView1D<float, ILGPU.Stride1D.Dense>.this[ILGPU.Index1D]",
        "ILGPU.Runtime.ArrayView1D<int, ILGPU.Stride1D.Dense>.this[ILGPU.Index1D]",
        "ILGPU.Index1D.implicit operator int(ILGPU.Index1D)",
        "ILGPU.Index1D.implicit operator ILGPU.Index1D(int)",
        "ILGPU.Algorithms.XMath.Exp(float)", "ILGPU.Algorithms.XMath.Sqrt(float)", "ILGPU.Algorithms.XMath.Max(float, float)", "ILGPU.Algorithms.XMath.Min(float, float)",
        "ILGPU.IntrinsicMath.Abs(float)",
        "float.MinValue",
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
        var used = new SortedSet<string>(StringComparer.Ordinal);
        foreach (SmallSpec spec in specs.DistinctBy(spec => spec.Model))
        {
            CSharpCompilation compilation = GeneratedCode.Compilation(GpuCode.Sources(spec.Text, spec.FileName));
            Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden).Take(10));
            foreach (SyntaxTree kernels in compilation.SyntaxTrees.Where(tree => tree.FilePath.EndsWith("IlgpuKernels.g.cs", StringComparison.Ordinal)))
            {
                Assert.DoesNotContain(kernels.GetRoot().DescendantNodes(), node => Refused.Contains(node.Kind()));
                used.UnionWith(Used(compilation.GetSemanticModel(kernels), kernels));
            }
        }

        Assert.Empty(used.Except(Allowed));
        Assert.Contains("ILGPU.Group.Barrier()", used);
    }

    /// <summary>Members from outside of the generated code that method bodies use.</summary>
    private static IEnumerable<string> Used(SemanticModel model, SyntaxTree tree)
    {
        IEnumerable<SyntaxNode> bodies = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Select(method => (SyntaxNode?)method.Body ?? method.ExpressionBody!);
        foreach (ExpressionSyntax expression in bodies.SelectMany(body => body.DescendantNodes()).OfType<ExpressionSyntax>())
        {
            ISymbol? symbol = model.GetSymbolInfo(expression).Symbol;
            if (symbol is (IMethodSymbol or IPropertySymbol or IFieldSymbol) && !IsOwn(model, symbol) && !IsOperatorOfNumbers(symbol))
                yield return symbol.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);
            Conversion conversion = model.GetConversion(expression);
            if (conversion.MethodSymbol is { } method)
                yield return method.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);
        }
    }

    private static bool IsOwn(SemanticModel model, ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, model.Compilation.Assembly);

    private static bool IsOperatorOfNumbers(ISymbol symbol) => symbol is IMethodSymbol { MethodKind: MethodKind.BuiltinOperator };
}
