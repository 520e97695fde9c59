using System.Runtime.InteropServices;
using TinT.Model;
using TinT.Reference.Weights;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Models.Tests;

/// <summary>Weights stored in 16 bits: the simulator computes, bit for bit, what it computes in float32 with the rounded weights.</summary>
public sealed class NarrowWeightsTests : IDisposable
{
    private static readonly RunOptions withUpdates = new() { WeightUpdates = true };

    private readonly string folder = Directory.CreateTempSubdirectory("tint-narrow-weights-").FullName;

    public static TheoryData<string, string, WeightStorage> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, WeightStorage>();
            foreach (string name in new[] { "gpt2_var_mask_all_ones", "gpt2_var_gradmask_iclmask_posids", "opt_2step_all_f70" })
            {
                foreach (string form in SmallSpec.Updates)
                {
                    cases.Add(name, form, WeightStorage.BFloat16);
                    cases.Add(name, form, WeightStorage.Float16);
                }
            }

            return cases;
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory, MemberData(nameof(Cases))]
    public void A_golden_case_has_the_bits_of_its_rounded_weights_also_in_its_updates(string name, string form, WeightStorage storage)
    {
        GoldenCase golden = GoldenCases.Open(name);
        SimulationBatch batch = golden.ReadBatch();
        RoundedCheckpoint.Write(folder, golden.Folder, golden.Description.Auxiliary, storage);
        using CpuSimulator rounded = GoldenSimulators.Load(golden, form, folder, new SimulatorOptions());
        using CpuSimulator single = GoldenSimulators.Load(golden, form, golden.Folder, new SimulatorOptions());
        SimulationResult expected = rounded.Run(batch, withUpdates);
        SimulationResult exact = single.Run(batch, withUpdates);

        foreach (int threads in new[] { 1, 3 })
        {
            using CpuSimulator narrow = GoldenSimulators.Load(golden, form, golden.Folder, new SimulatorOptions { Weights = storage, Threads = threads });
            SimulationResult result = narrow.Run(batch, withUpdates);

            Bits.AssertSame(expected, result);
            Assert.NotEqual(exact.LogitsBefore, result.LogitsBefore);
            Assert.InRange(narrow.MemoryUse.Weights, single.MemoryUse.Weights / 2, single.MemoryUse.Weights * 6 / 10);
            Assert.Equal(single.MemoryUse with { Weights = 0, Scratch = 0 }, narrow.MemoryUse with { Weights = 0, Scratch = 0 });
        }
    }

    [Theory]
    [InlineData("gpt2", "softmax", "exact")]
    [InlineData("opt", "mean_embedding", "values")]
    public void Gains_that_train_as_matrices_stay_singles(string architecture, string loss, string attention)
    {
        SmallSpec spec =
            new("Narrow") { Architecture = architecture, LayerNorm = "full", Loss = loss, Attention = attention, LayerCount = 2, Steps = 2, Update = "primal" };
        AuxiliaryDescription auxiliary = spec.Description.Auxiliary;
        string checkpoint = Path.Combine(folder, "model");
        RandomCheckpoint.Write(checkpoint, auxiliary, seed: 4);
        RoundedCheckpoint.Write(folder, checkpoint, auxiliary, WeightStorage.BFloat16);
        var code = GeneratedCode.Load(
            Compiler.Compilation.SpecCompiler.Compile(spec.Text, spec.FileName).Sources.Select(source => (source.HintName, source.Text)));
        SimulationBatch batch = RandomBatch.Create(new Random(6), auxiliary, sequences: 2, tokens: 9);
        using ISimulator rounded = GeneratedCode.LoadSimulator(code, spec.Model, folder);
        using ISimulator narrow = GeneratedCode.LoadSimulator(code, spec.Model, checkpoint, new SimulatorOptions { Weights = WeightStorage.BFloat16 });

        Bits.AssertSame(rounded.Run(batch, withUpdates), narrow.Run(batch, withUpdates));
    }

    [Theory]
    [InlineData(WeightStorage.Float16, -70000f)]
    [InlineData(WeightStorage.Float16, 65520f)]
    [InlineData(WeightStorage.BFloat16, 3.4e38f)]
    public void A_weight_that_is_too_large_names_tensor_element_and_what_to_do(WeightStorage storage, float weight)
    {
        // The second is transposed while it is read.
        AssertRefused("gpt2_var_mask_all_ones", "transformer.wte.weight", 77, 101 * 32);
        AssertRefused("gpt2_var_mask_all_ones", "transformer.h.1.mlp.c_fc.weight", (31 * 128) + 127, 32 * 128);

        void AssertRefused(string name, string tensor, int element, int count)
        {
            GoldenCase golden = GoldenCases.Open(name);
            WriteChanged(golden.Folder, tensor, element, weight);
            CheckpointFormatException thrown = Assert.Throws<CheckpointFormatException>(() => Load(golden, storage));
            string instead = storage == WeightStorage.Float16 ? "bfloat16 or float32" : "float32";
            Assert.Equal(
                FormattableString.Invariant($"{Path.Combine(folder, "model.safetensors")}: tensor '{tensor}' holds {weight} at element {element} of {count}, more than {storage.TypeName()} can hold ({(storage == WeightStorage.Float16 ? 65504f : 3.3895314e38f)}); store the weights in {instead}."),
                thrown.Message);
            Load(golden, WeightStorage.SinglePrecision).Dispose();
        }

        ISimulator Load(GoldenCase golden, WeightStorage weights) => GoldenSimulators.Load(golden, "dual", folder, new SimulatorOptions { Weights = weights });
    }

    [Fact]
    public void Biases_and_gains_may_be_larger_than_16_bits_hold_since_they_are_singles()
    {
        GoldenCase golden = GoldenCases.Open("gpt2_var_mask_all_ones");
        WriteChanged(golden.Folder, "transformer.h.0.ln_1.weight", 3, 1e5f);
        using CpuSimulator narrow = GoldenSimulators.Load(golden, "dual", folder, new SimulatorOptions { Weights = WeightStorage.Float16 });
        Assert.True(float.IsFinite(narrow.Run(golden.ReadBatch()).LossesBefore[0]));
    }

    private void WriteChanged(string source, string tensor, int element, float weight)
    {
        File.Copy(Path.Combine(source, "config.json"), Path.Combine(folder, "config.json"), overwrite: true);
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(source, "model.safetensors"));
        TensorData[] tensors = [.. file.Tensors.Select(original =>
        {
            float[] values = original.ReadSingles();
            if (original.Name == tensor)
                values[element] = weight;
            return TensorData.FromBytes(
                original.Name, TensorType.F32, MemoryMarshal.AsBytes<float>(values).ToArray(), [.. original.Shape.Select(size => (int)size)]);
        })];
        SafetensorsWriter.Write(Path.Combine(folder, "model.safetensors"), tensors);
    }
}
