using System.Runtime.InteropServices;
using TinT.Model;
using TinT.Model.Architectures;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Models.Tests;

/// <summary>A model saved in other ways gives the same results, bit for bit, and loading holds no second copy of it.</summary>
public sealed class TorchCheckpointTests : IDisposable
{
    private readonly GoldenCase golden = GoldenCases.Open("gpt2_var_mask_all_ones");
    private readonly string folder = Directory.CreateTempSubdirectory("tint-torch-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("pytorch_model.bin", false, false)]
    [InlineData("pytorch_model.bin", true, false)]
    [InlineData("ckpt.pt", false, true)]
    public void It_runs_as_from_safetensors(string name, bool isTurnedInStorage, bool isNanoGpt)
    {
        File.Copy(Path.Combine(golden.Folder, "config.json"), Path.Combine(folder, "config.json"));
        File.WriteAllBytes(Path.Combine(folder, name), Save(isTurnedInStorage, isNanoGpt));
        using CpuSimulator expected = GoldenSimulators.Load(golden, SmallSpec.Updates[0], golden.Folder, new SimulatorOptions());
        using CpuSimulator simulator = GoldenSimulators.Load(golden, SmallSpec.Updates[0], folder, new SimulatorOptions());

        Bits.AssertSame(expected.Run(golden.ReadBatch()), simulator.Run(golden.ReadBatch()));
    }

    [Theory]
    [InlineData(WeightStorage.SinglePrecision)]
    [InlineData(WeightStorage.BFloat16)]
    public void Loading_tells_how_far_it_is_and_makes_no_copies(WeightStorage storage)
    {
        List<LoadingProgress> told = [];
        SimulatorOptions options = new() { Weights = storage, Loading = new Listener(told) };
        using CpuSimulator simulator = ShippedModels.ByteGpt2.Load(ByteModel.Checkpoint, options) as CpuSimulator ?? throw new InvalidOperationException(
            "The shipped model runs on the processor.");
        long before = GC.GetAllocatedBytesForCurrentThread();
        using ISimulator second = ShippedModels.ByteGpt2.Load(ByteModel.Checkpoint, options with { Loading = null });
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(told.Select(progress => progress.LoadedBytes).Order(), told.Select(progress => progress.LoadedBytes));
        Assert.Single(told.Select(progress => progress.TotalBytes).Distinct());
        Assert.Equal(told[^1].TotalBytes, told[^1].LoadedBytes);
        Assert.InRange(told[^1].TotalBytes, simulator.MemoryUse.Weights * 9 / 10, simulator.MemoryUse.Weights);
        Assert.InRange(allocated, 0, simulator.MemoryUse.Weights / 4);
    }

    /// <summary>The golden model as torch.save would save it.</summary>
    /// <param name="isTurnedInStorage">Whether matrices lie in their storages the other way round.</param>
    /// <param name="isNanoGpt">Whether it is saved as by nanoGPT, with linear weights as [outputs, inputs].</param>
    private byte[] Save(bool isTurnedInStorage, bool isNanoGpt)
    {
        AuxiliaryDescription auxiliary = golden.Description.Auxiliary;
        HashSet<string> linear =
            [.. from stored in auxiliary.Tensors() where stored.Transposed from layer in stored.Layers(auxiliary) select stored.NameIn(layer)];
        Assert.NotEmpty(linear);
        TorchState state = isNanoGpt ? new(pickle => pickle.Op("}(").Text("model")) : new();
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(golden.Folder, "model.safetensors"));
        foreach (SafetensorsTensor tensor in file.Tensors)
        {
            float[] elements = tensor.ReadSingles();
            long[] shape = [.. tensor.Shape];
            bool isTurned = shape.Length == 2 && (isNanoGpt ? linear.Contains(tensor.Name) : isTurnedInStorage);
            if (isTurned)
                elements = Turn(elements, (int)shape[0], (int)shape[1]);
            string key = state.Store(MemoryMarshal.AsBytes<float>(elements).ToArray());
            if (isTurned && isNanoGpt)
                state.Add(tensor.Name, key, 0, [shape[1], shape[0]], [shape[0], 1]);
            else
                state.Add(tensor.Name, key, 0, shape, isTurned ? [1, shape[0]] : TorchState.RowMajor(shape));
        }

        return state.ToArray(pickle =>
        {
            if (isNanoGpt)
                pickle.Text("model_args").Op("}u");
        });
    }

    private static float[] Turn(float[] elements, int rows, int columns) =>
        [.. from column in Enumerable.Range(0, columns) from row in Enumerable.Range(0, rows) select elements[(row * columns) + column]];

    private sealed class Listener(List<LoadingProgress> told) : IProgress<LoadingProgress>
    {
        public void Report(LoadingProgress value) => told.Add(value);
    }
}
