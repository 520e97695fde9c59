using TinT.Compiler.Construction;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Layout;

/// <summary>Tensor names of each architecture, as plain tables.</summary>
internal static class CheckpointTensors
{
    private static readonly Dictionary<string, string> Gpt2 = new()
    {
        ["embedding.token"] = "transformer.wte",
        ["embedding.position"] = "transformer.wpe",
        [ModuleNames.Norm1] = "transformer.h.{0}.ln_1",
        [ModuleNames.Query] = "transformer.h.{0}.attn.c_attn",
        [ModuleNames.Key] = "transformer.h.{0}.attn.c_attn",
        [ModuleNames.Value] = "transformer.h.{0}.attn.c_attn",
        [ModuleNames.AttentionOutput] = "transformer.h.{0}.attn.c_proj",
        [ModuleNames.Norm2] = "transformer.h.{0}.ln_2",
        [ModuleNames.Up] = "transformer.h.{0}.mlp.c_fc",
        [ModuleNames.Down] = "transformer.h.{0}.mlp.c_proj",
        [ModuleNames.FinalNorm] = "transformer.ln_f",
    };

    private static readonly Dictionary<string, string> Opt = new()
    {
        ["embedding.token"] = "model.decoder.embed_tokens",
        ["embedding.position"] = "model.decoder.embed_positions",
        [ModuleNames.Norm1] = "model.decoder.layers.{0}.self_attn_layer_norm",
        [ModuleNames.Query] = "model.decoder.layers.{0}.self_attn.q_proj",
        [ModuleNames.Key] = "model.decoder.layers.{0}.self_attn.k_proj",
        [ModuleNames.Value] = "model.decoder.layers.{0}.self_attn.v_proj",
        [ModuleNames.AttentionOutput] = "model.decoder.layers.{0}.self_attn.out_proj",
        [ModuleNames.Norm2] = "model.decoder.layers.{0}.final_layer_norm",
        [ModuleNames.Up] = "model.decoder.layers.{0}.fc1",
        [ModuleNames.Down] = "model.decoder.layers.{0}.fc2",
        [ModuleNames.FinalNorm] = "model.decoder.final_layer_norm",
    };

    /// <summary>Rows that OPT keeps in front of its position table.</summary>
    public static int PositionOffset(AuxiliarySpec auxiliary) => auxiliary.Architecture.Value == Architecture.Opt ? 2 : 0;

    /// <summary>The [out, in] weight matrix of a linear module.</summary>
    public static TensorSource Weight(AuxiliarySpec auxiliary, string module)
    {
        (int rows, int columns) = MatrixShape(auxiliary, module);
        string tensor = Name(auxiliary, module) + ".weight";
        if (auxiliary.Architecture.Value != Architecture.Gpt2 || module.StartsWith("embedding.", StringComparison.Ordinal))
            return new TensorSource(tensor, rows, columns, Vector: false, Transposed: false, 0);
        int stackedRows = StackedAttentionRows(auxiliary, module) ?? rows;
        return new TensorSource(tensor, columns, stackedRows, Vector: false, Transposed: true, FirstAttentionRow(auxiliary, module));
    }

    /// <summary>The bias of a linear module or layer norm.</summary>
    public static TensorSource Bias(AuxiliarySpec auxiliary, string module)
    {
        int length = MatrixShape(auxiliary, module).Rows;
        string tensor = Name(auxiliary, module) + ".bias";
        return auxiliary.Architecture.Value == Architecture.Gpt2
            ? new TensorSource(tensor, 1, StackedAttentionRows(auxiliary, module) ?? length, Vector: true, Transposed: false, FirstAttentionRow(auxiliary, module))
            : new TensorSource(tensor, 1, length, Vector: true, Transposed: false, 0);
    }

    /// <summary>The gain of a layer norm.</summary>
    public static TensorSource Gain(AuxiliarySpec auxiliary, string module) =>
        new(Name(auxiliary, module) + ".weight", 1, auxiliary.HiddenSize, Vector: true, Transposed: false, 0);

    /// <summary>Output rows and input columns of a module's matrix.</summary>
    public static (int Rows, int Columns) MatrixShape(AuxiliarySpec auxiliary, string module) => module switch
    {
        "embedding.token" => (auxiliary.VocabularySize, auxiliary.HiddenSize),
        "embedding.position" => (auxiliary.MaxPositionEmbeddings + PositionOffset(auxiliary), auxiliary.HiddenSize),
        ModuleNames.Up => (auxiliary.IntermediateSize, auxiliary.HiddenSize),
        ModuleNames.Down => (auxiliary.HiddenSize, auxiliary.IntermediateSize),
        _ => (auxiliary.HiddenSize, auxiliary.HiddenSize),
    };

    /// <summary>Whether a module is a layer norm.</summary>
    public static bool IsNorm(string module) => module is ModuleNames.Norm1 or ModuleNames.Norm2 or ModuleNames.FinalNorm;

    private static string Name(AuxiliarySpec auxiliary, string module) =>
        (auxiliary.Architecture.Value == Architecture.Gpt2 ? Gpt2 : Opt)[module];

    /// <summary>GPT-2 keeps q, k and v in one tensor.</summary>
    private static int? StackedAttentionRows(AuxiliarySpec auxiliary, string module) =>
        module is ModuleNames.Query or ModuleNames.Key or ModuleNames.Value ? 3 * auxiliary.HiddenSize : null;

    private static int FirstAttentionRow(AuxiliarySpec auxiliary, string module) => module switch
    {
        ModuleNames.Key => auxiliary.HiddenSize,
        ModuleNames.Value => 2 * auxiliary.HiddenSize,
        _ => 0,
    };
}
