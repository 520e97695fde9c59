using TinT.Generated;

namespace TinT.Models;

/// <summary>The specs of this repository, compiled ahead of time.</summary>
public static class ShippedModels
{
    /// <summary>The byte-level GPT-2 whose weights ship with this repository.</summary>
    public static ShippedModel ByteGpt2 { get; } = new("byte-gpt2.tint.yaml", ByteGpt2Simulator.Model, ByteGpt2Simulator.Load);

    /// <summary>The GPT-2 of words whose weights ship with this repository, trained on invented texts with labels.</summary>
    public static ShippedModel FewShotGpt2 { get; } = new("few-shot-gpt2.tint.yaml", FewShotGpt2Simulator.Model, FewShotGpt2Simulator.Load);

    /// <summary>Exact SGD on whole layers of the models whose weights ship, with which evaluations compare them; one for each <c>ExactSgd/*.tint.yaml</c> of this project.</summary>
    public static IReadOnlyList<ShippedModel> ExactSgd { get; } =
    [
        new("ExactSgd/byte-gpt2.tint.yaml", ByteGpt2ExactSgdSimulator.Model, ByteGpt2ExactSgdSimulator.Load),
        new("ExactSgd/few-shot-gpt2.tint.yaml", FewShotGpt2ExactSgdSimulator.Model, FewShotGpt2ExactSgdSimulator.Load),
    ];

    /// <summary>One model for each <c>specs/*.tint.yaml</c>, in the order of their names.</summary>
    public static IReadOnlyList<ShippedModel> All { get; } =
    [
        new("bloom-560m.tint.yaml", Bloom560mSimulator.Model, Bloom560mSimulator.Load),
        ByteGpt2,
        new("falcon-rw-1b.tint.yaml", FalconRw1bSimulator.Model, FalconRw1bSimulator.Load),
        FewShotGpt2,
        new("gemma-2-2b.tint.yaml", Gemma2_2bSimulator.Model, Gemma2_2bSimulator.Load),
        new("gemma-2b.tint.yaml", Gemma2bSimulator.Model, Gemma2bSimulator.Load),
        new("gpt-j-6b.tint.yaml", GptJ6bSimulator.Model, GptJ6bSimulator.Load),
        new("gpt2-large.tint.yaml", Gpt2LargeSimulator.Model, Gpt2LargeSimulator.Load),
        new("gpt2-medium.tint.yaml", Gpt2MediumSimulator.Model, Gpt2MediumSimulator.Load),
        new("gpt2-xl.tint.yaml", Gpt2XlSimulator.Model, Gpt2XlSimulator.Load),
        new("gpt2.tint.yaml", Gpt2Simulator.Model, Gpt2Simulator.Load),
        new("llama-3.2-1b.tint.yaml", Llama3_2_1bSimulator.Model, Llama3_2_1bSimulator.Load),
        new("mistral-7b.tint.yaml", Mistral7bSimulator.Model, Mistral7bSimulator.Load),
        new("opt-1.3b.tint.yaml", Opt1_3BSimulator.Model, Opt1_3BSimulator.Load),
        new("opt-125m.tint.yaml", Opt125MSimulator.Model, Opt125MSimulator.Load),
        new("opt-2.7b.tint.yaml", Opt2_7BSimulator.Model, Opt2_7BSimulator.Load),
        new("opt-350m.tint.yaml", Opt350mSimulator.Model, Opt350mSimulator.Load),
        new("phi-1.5.tint.yaml", Phi1_5Simulator.Model, Phi1_5Simulator.Load),
        new("pythia-1.4b.tint.yaml", Pythia1_4bSimulator.Model, Pythia1_4bSimulator.Load),
        new("pythia-160m.tint.yaml", Pythia160mSimulator.Model, Pythia160mSimulator.Load),
        new("pythia-1b.tint.yaml", Pythia1bSimulator.Model, Pythia1bSimulator.Load),
        new("pythia-410m.tint.yaml", Pythia410mSimulator.Model, Pythia410mSimulator.Load),
        new("pythia-70m.tint.yaml", Pythia70mSimulator.Model, Pythia70mSimulator.Load),
        new("qwen2.5-0.5b.tint.yaml", Qwen2_5_0_5bSimulator.Model, Qwen2_5_0_5bSimulator.Load),
        new("qwen3-0.6b.tint.yaml", Qwen3_0_6bSimulator.Model, Qwen3_0_6bSimulator.Load),
        new("smollm2-135m.tint.yaml", Smollm2_135mSimulator.Model, Smollm2_135mSimulator.Load),
        new("smollm2-360m.tint.yaml", Smollm2_360mSimulator.Model, Smollm2_360mSimulator.Load),
        new("tinyllama-1.1b.tint.yaml", Tinyllama1_1bSimulator.Model, Tinyllama1_1bSimulator.Load),
    ];
}
