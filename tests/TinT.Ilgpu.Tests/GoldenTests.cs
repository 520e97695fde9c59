using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Ilgpu.Tests;

/// <summary>GPU simulators against the authors' numbers, in both forms of the update, with the tolerances of the CPU in single precision.</summary>
public sealed class GoldenTests
{
    /// <summary>
    /// In this case one ReLU of layer 1 lies so near its kink in the second step that the finite difference multiplies the rounding of
    /// its argument by N = 1000. 99.6 % of the error is in that unit's row; 1.3e-4 measured, and 2.6e-5 to 3.8e-5 on the CPU, by the width of its vectors.
    /// </summary>
    private const string NearKink = "opt_2step_all_f70";

    private const double NearKinkTolerance = 2e-4;

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
                Agreement.AssertAuthors(simulator, golden, name == NearKink ? NearKinkTolerance : Agreement.UpdateTolerance);
            }
        }
    }
}
