using TinT.Runtime.Checkpoints;

namespace TinT.Runtime.Simulation;

/// <summary>An open device. Simulators on it are to be disposed of before it.</summary>
public interface ISimulatorDevice : IDisposable
{
    /// <summary>What it is.</summary>
    DeviceDescription Description { get; }

    /// <summary>Loads a checkpoint with a simulator that was generated for devices of this kind.</summary>
    /// <param name="simulator">The generated class, such as <c>MyModelGpuSimulator</c>.</param>
    /// <param name="directory">Hugging Face model directory.</param>
    /// <param name="cuBlas">Whether cuBLAS computes plain products; CUDA devices only.</param>
    /// <param name="loading">Told how far loading is.</param>
    /// <exception cref="CheckpointFormatException">The directory does not hold this model.</exception>
    /// <exception cref="DeviceException">The device has too little memory, no cuBLAS though it is asked for, or has failed before. What it refuses to run is told by the first run.</exception>
    ISimulator Load(Type simulator, string directory, bool cuBlas = false, IProgress<LoadingProgress>? loading = null);
}
