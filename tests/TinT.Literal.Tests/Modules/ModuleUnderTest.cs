using System.Numerics;
using TinT.Literal.Modules;
using TinT.Literal.Parameters;
using TinT.Reference.Matrices;

namespace TinT.Literal.Tests.Modules;

/// <summary>A literal module under the name of its golden case, built from a layer graph of the case's sizes.</summary>
internal sealed class ModuleUnderTest
{
    private readonly LiteralModule? module;
    private readonly AttentionForward? attention;

    public ModuleUnderTest(string name)
    {
        Construction = ConstructionSettings.Of(LayerGraphs.OfText(Spec(name.EndsWith("relu", StringComparison.Ordinal) ? "relu" : "gelu_new")));
        int memory = Construction.MemoryStart(1);
        if (name == "attention_forward")
            attention = new AttentionForward("", Construction);
        else
            module = Create(name, memory);
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

    private LiteralModule Create(string name, int memory) => name switch
    {
        "linear_forward" => new LinearForward("", Construction, memory),
        "linear_backward" => new LinearBackward("", Construction, memory),
        "linear_descent" => new LinearDescent("", Construction, memory),
        "linear_descent_backward" => new LinearDescentBackward("", Construction, memory),
        "attention_backward" => new AttentionBackward("", Construction),
        "attention_backward_descent" => new AttentionBackwardDescent("", Construction),
        "layernorm_forward" => new LayerNormForward("", Construction),
        "layernorm_descent_backward" => new LayerNormDescentBackward("", Construction, biasOnly: true),
        "activation_forward_gelu_new" or "activation_forward_relu" => new ActivationForward("", Construction),
        "activation_backward_gelu_new" or "activation_backward_relu" => new ActivationBackward("", Construction),
        _ => throw new ArgumentException($"There is no literal module for the golden case '{name}'.", nameof(name)),
    };

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
