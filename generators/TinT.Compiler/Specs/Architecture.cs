namespace TinT.Compiler.Specs;

/// <summary>Families of auxiliary transformers: tensor names, position table and defaults.</summary>
public enum Architecture
{
    /// <summary><c>gpt2</c>: pre-LN, learned positions, tanh-GELU; matrices stored [in, out].</summary>
    Gpt2,

    /// <summary><c>opt</c>: pre-LN, learned positions at offset 2, ReLU; matrices stored [out, in].</summary>
    Opt,
}
