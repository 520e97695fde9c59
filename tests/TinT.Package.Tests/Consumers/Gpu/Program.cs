using System;
using TinT.Generated;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Ilgpu;
using TinT.Runtime.Simulation;

// checkpoint folder, input file, output file
using GpuDevice device = GpuDevices.Open("ilgpu-cpu");
using var simulator = Gpt2VarMaskAllOnesGpuSimulator.Load(args[0], device.Accelerator);
using SafetensorsFile input = SafetensorsFile.Open(args[1]);
SafetensorsTensor ids = input["input_ids"];
int sequences = (int)ids.Shape[0];
int tokens = (int)ids.Shape[1];
var batch = new SimulationBatch(sequences, tokens, ids.ReadInt32s(), input["training_mask"].ReadSingles());
SimulationResult result = simulator.Run(batch);

int vocabulary = result.VocabularySize;
SafetensorsWriter.Write(
    args[2],
    [
        TensorData.FromSingles("logits_before", result.LogitsBefore!, sequences, tokens, vocabulary),
        TensorData.FromSingles("logits_after", result.LogitsAfter!, sequences, tokens, vocabulary),
        TensorData.FromSingles("loss_before", result.LossesBefore, sequences),
        TensorData.FromSingles("loss_after", result.LossesAfter, sequences),
    ]);
Console.WriteLine(FormattableString.Invariant($"{simulator.Description.Model}: {sequences} of {tokens} tokens over {vocabulary} on {device.Description.Name}"));
