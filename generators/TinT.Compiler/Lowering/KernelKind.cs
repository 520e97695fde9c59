namespace TinT.Compiler.Lowering;

/// <summary>What a kernel computes. "in" and "out" list the operands of <see cref="Kernel.Inputs"/> and <see cref="Kernel.Outputs"/> in order.</summary>
public enum KernelKind
{
    /// <summary>out h: h_t = scale E[id_t] + Position[position_t], of the tables that the model has and the kernel names.</summary>
    Embed,

    /// <summary>in x; out y: y = x.</summary>
    Copy,

    /// <summary>in x; out x̂, r: r = 1 / sqrt(ε + variance x), x̂ = (x − mean x) r.</summary>
    Normalize,

    /// <summary>in x; out x̂, r, y: <see cref="Normalize"/>, then y = x̂ ∘ gain + β; or out y alone. Made from a diagonal linear map.</summary>
    Norm,

    /// <summary>in x; out x: pairs of coordinates of each head turned by the token's position, in place.</summary>
    Rotate,

    /// <summary>in x; out y: y = x Wᵀ + b, plus the residual if there is one.</summary>
    Linear,

    /// <summary>in x₁ …; out y: the sum.</summary>
    Add,

    /// <summary>in q, k, v; out c: causal softmax attention.</summary>
    Attention,

    /// <summary>in z; out s: s = act(z).</summary>
    Activation,

    /// <summary>in z, p; out s: s = act(z) ∘ p.</summary>
    Gate,

    /// <summary>in o; out r: logits, losses and the gradient at the head's input.</summary>
    Head,

    /// <summary>in ∂y; out ∂x: ∂x = ∂y W.</summary>
    LinearBackward,

    /// <summary>in ∂y, x: W −= lr Σ_t ∂y_t x_tᵀ.</summary>
    LinearDescent,

    /// <summary>in ∂y: b −= scale · lr Σ_t ∂y_t.</summary>
    BiasDescent,

    /// <summary>in ∂y, x̂: gain −= lr Σ_t ∂y_t ∘ x̂_t. Made from the descent of a diagonal matrix that stays diagonal.</summary>
    GainDescent,

    /// <summary>
    /// in x, keys, values; out y: y −= lr Σ_s (⟨x, key_s⟩ + c) value_s over the training rows of every earlier step, attention
    /// without softmax: the dual form of a descent. Forwards keys are the earlier inputs, values the gradients at the output, and c, the
    /// bias share, is the multiple of lr by which the bias moves; backwards keys are the gradients, values the inputs, and c is 0.
    /// </summary>
    LinearAttention,

    /// <summary>in ∂s, z; out ∂z: the finite difference N (act(z + ∂s/N) − act(z)).</summary>
    ActivationBackward,

    /// <summary>in ∂y, x̂, r; out ∂x: the Taylor difference N (LN₀(x + ∂y∘gain/N) − x̂), plus the residual if there is one.</summary>
    NormBackward,

    /// <summary>in ∂x; out ∂x: turned back, in place.</summary>
    RotateBackward,

    /// <summary>in ∂s, z, p; out ∂z, ∂p: ∂p = ∂s ∘ act(z), ∂z the finite difference N (act(z + ∂s ∘ p/N) − act(z)).</summary>
    GateBackward,

    /// <summary>in x; out y: the heads of each group summed.</summary>
    SumGroups,

    /// <summary>in ∂c, q, k [, v]; out ∂v [, ∂q, ∂k]: attention scores recomputed, transposed and applied to ∂c.</summary>
    AttentionBackward,
}
