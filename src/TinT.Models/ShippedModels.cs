using TinT.Generated;

namespace TinT.Models;

/// <summary>The specs of this repository, compiled ahead of time.</summary>
public static class ShippedModels
{
    /// <summary>The byte-level GPT-2 whose weights ship with this repository.</summary>
    public static ShippedModel ByteGpt2 { get; } = new("byte-gpt2.tint.yaml", ByteGpt2Simulator.Model, ByteGpt2Simulator.Load);

    /// <summary>One model for each <c>specs/*.tint.yaml</c>, in the order of their names.</summary>
    public static IReadOnlyList<ShippedModel> All { get; } =
    [
        ByteGpt2,
        new("gpt2-large.tint.yaml", Gpt2LargeSimulator.Model, Gpt2LargeSimulator.Load),
        new("gpt2-medium.tint.yaml", Gpt2MediumSimulator.Model, Gpt2MediumSimulator.Load),
        new("gpt2-xl.tint.yaml", Gpt2XlSimulator.Model, Gpt2XlSimulator.Load),
        new("gpt2.tint.yaml", Gpt2Simulator.Model, Gpt2Simulator.Load),
        new("opt-1.3b.tint.yaml", Opt1_3BSimulator.Model, Opt1_3BSimulator.Load),
        new("opt-125m.tint.yaml", Opt125MSimulator.Model, Opt125MSimulator.Load),
        new("opt-2.7b.tint.yaml", Opt2_7BSimulator.Model, Opt2_7BSimulator.Load),
    ];
}
