using TinT.Model;
using TinT.Models.Tests;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Devices.Tests.Running;

/// <summary>The kernels that GPUs run, compiled by ILGPU to OpenCL C and by a driver to machine code of this processor.</summary>
/// <remarks>Golden cases only: this driver takes a second for each kernel, and other options are run on ILGPU's own device.</remarks>
/// <param name="simulators">The simulators on the device.</param>
public sealed class ProcessorOpenClTests(WideSimulators simulators) : IClassFixture<WideSimulators>
{
    private static readonly RunOptions WithUpdates = new() { WeightUpdates = true };

    [ProcessorOpenClTheory, MemberData(nameof(DeviceCases.Golden), MemberType = typeof(DeviceCases))]
    public void The_kernels_of_GPUs_agree_with_the_authors_code(string name, string form) => simulators.AssertAuthors(name, form);

    [ProcessorOpenClTheory, MemberData(nameof(DeviceCases.Golden), MemberType = typeof(DeviceCases))]
    public void A_sequence_has_the_same_bits_alone_in_a_batch_and_after_longer_ones(string name, string form)
    {
        GoldenCase golden = GoldenCases.Open(name);
        AuxiliaryDescription auxiliary = golden.Description.Auxiliary;
        var random = new Random(11);
        SimulationBatch batch = RandomBatch.Create(random, auxiliary, sequences: 3, tokens: 19, gradientMask: true, iclMask: true, positionIds: true);
        SimulationBatch longer = RandomBatch.Create(random, auxiliary, sequences: 2, tokens: auxiliary.MaxPositionEmbeddings);
        using ISimulator simulator = simulators.Load(golden, form);
        SimulationResult[] alone =
            [.. Enumerable.Range(0, batch.BatchSize).Select(sequence => simulator.Run(RandomBatch.Sequence(batch, sequence), WithUpdates))];

        SimulationResult first = simulator.Run(batch, WithUpdates);
        simulator.Run(longer, WithUpdates);

        for (int sequence = 0; sequence < batch.BatchSize; sequence++)
            Bits.AssertSame(alone[sequence], Bits.Part(first, sequence));
        Bits.AssertSame(first, simulator.Run(batch, WithUpdates));
    }
}
