using System.Numerics;
using TinT.Compiler.Construction;
using TinT.Literal.Modules;
using TinT.Literal.Parameters;
using TinT.Reference.Matrices;

namespace TinT.Literal.Tests.Modules;

/// <summary>A literal module under the name of its golden case, built from a layer graph of the case's sizes.</summary>
internal sealed class ModuleUnderTest
{
    private readonly LayerGraph graph;
    private readonly LiteralModule? module;
    private readonly AttentionForward? attention;

    public ModuleUnderTest(string name)
    {
        graph = LayerGraphs.OfText(Spec(name.EndsWith("relu", StringComparison.Ordinal) ? "relu" : "gelu_new"));
        Construction = ConstructionSettings.Of(graph);
        if (name == "attention_forward")
            attention = new AttentionForward("", Construction, Slot(ModuleKind.Attention, 0), Slot(ModuleKind.Attention, 1), Slot(ModuleKind.Attention, 2));
        else
            module = Create(name);
    }

    /// <summary>The graph's numbers.</summary>
    public ConstructionSettings Construction { get; }

    /// <summary>The module's parameters.</summary>
    public IEnumerable<ParameterDefinition> Parameters => module?.Parameters ?? attention!.Parameters;

    /// <summary>Runs the module on the embeddings of a golden case.</summary>
    public Matrix<T> Run<T>(LiteralRun<T> run, GoldenModule golden)
        where T : IFloatingPointIeee754<T>
    {
        Matrix<T> hidden = Convert<T>(golden.Read("hidden_in"));
        return module is not null
            ? module.Run(run, hidden)
            : attention!.Run(run, hidden, Prefix<T>(golden, "aux.Wk", "aux.bk"), Prefix<T>(golden, "aux.Wv", "aux.bv"));
    }

    /// <summary>A matrix in another precision.</summary>
    public static Matrix<T> Convert<T>(Matrix<double> matrix)
        where T : IFloatingPointIeee754<T> => new(matrix.Rows, matrix.Columns, [.. matrix.Values.Select(value => T.CreateTruncating(value))]);

    private LiteralModule Create(string name) => name switch
    {
        "linear_forward" => new LinearForward("", Construction, Linear),
        "linear_backward" => new LinearBackward("", Construction, Linear),
        "linear_descent" => new LinearDescent("", Construction, Linear),
        "linear_descent_backward" => new LinearDescentBackward("", Construction, Linear),
        "attention_backward" => new AttentionBackward("", Construction, Slot(ModuleKind.Attention, 0), Slot(ModuleKind.Attention, 1)),
        "attention_backward_descent" => new AttentionBackwardDescent(
            "", Construction, Slot(ModuleKind.Attention, 0), Slot(ModuleKind.Attention, 1), Slot(ModuleKind.Attention, 2)),
        "layernorm_forward" => new LayerNormForward("", Construction, Slot(ModuleKind.Norm, 0), Slot(ModuleKind.Norm, 1)),
        "layernorm_descent_backward" => new LayerNormDescentBackward(
            "", Construction, Slot(ModuleKind.Norm, 0), Slot(ModuleKind.Norm, 1), biasOnly: true),
        "activation_forward_gelu_new" or "activation_forward_relu" => new ActivationForward("", Construction, Slot(ModuleKind.Activation, 0)),
        "activation_backward_gelu_new" or "activation_backward_relu" => new ActivationBackward("", Construction, Slot(ModuleKind.Activation, 0)),
        _ => throw new ArgumentException($"There is no literal module for the golden case '{name}'.", nameof(name)),
    };

    private int Linear => Slot(ModuleKind.Linear, 0);

    /// <summary>Where the graph has a slot of the forward modules of a kind.</summary>
    private int Slot(ModuleKind kind, int index) =>
        graph.ForwardBlock.First(module => module.Kind == kind && module.Memory.Count > 0).Memory[index].Start;

    /// <summary>A matrix and its bias as prefix embeddings, written out here once more.</summary>
    private Matrix<T> Prefix<T>(GoldenModule golden, string weightName, string biasName)
        where T : IFloatingPointIeee754<T>
    {
        Matrix<double> weight = golden.Read(weightName);
        Matrix<double> bias = golden.Read(biasName);
        Matrix<T> prefix = new(Construction.PrefixCount, Construction.HiddenSize);
        for (int row = 0; row < weight.Rows; row++)
        {
            for (int column = 0; column < weight.Columns; column++)
                prefix[row / Construction.Sharding, (row % Construction.Sharding * weight.Columns) + column] = T.CreateTruncating(weight[row, column]);
            for (int index = 0; index < prefix.Rows; index++)
                prefix[index, (Construction.Sharding * weight.Columns) + row] = T.CreateTruncating(bias[0, row]);
        }

        return prefix;
    }

    private static string Spec(string activation) => $"""
        tint: 1
        model: GoldenModule
        auxiliary:
          architecture: gpt2
          vocab_size: 101
          max_position_embeddings: 16
          hidden_size: 32
          num_hidden_layers: 1
          num_attention_heads: 4
          activation: {activation}
        simulator:
          sharding: 4
          hidden_size: 160
          num_attention_heads: 5
        training:
          learning_rate: 0.01
        """;
}
