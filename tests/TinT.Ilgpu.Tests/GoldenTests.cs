using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Ilgpu.Tests;

/// <summary>GPU simulators against the authors' numbers, in both forms of the update, with the tolerances of the CPU in single precision.</summary>
public sealed class GoldenTests
{
    [Theory, MemberData(nameof(GoldenCases.InRepository), MemberType = typeof(GoldenCases))]
    public void A_GPU_simulator_agrees_with_the_authors_code(string name) => AssertAuthors(name);

    [SharedFolderTheory("golden"), MemberData(nameof(GoldenCases.InSharedFolder), MemberType = typeof(GoldenCases))]
    public void A_GPU_simulator_agrees_with_the_authors_code_in_shared_cases(string name) => AssertAuthors(name);

    private static void AssertAuthors(string name)
    {
        GoldenCase golden = GoldenCases.Open(name);
        foreach (string form in GoldenCode.Forms(golden))
        {
            foreach (int threads in TestDevice.GroupSizes)
            {
                using var device = new TestDevice(threads);
                using ISimulator simulator = GpuCode.Load(GoldenCode.All, golden.Description.Model, golden.Folder, device.Accelerator, form);
                Agreement.AssertAuthors(simulator, golden);
            }
        }
    }
}
