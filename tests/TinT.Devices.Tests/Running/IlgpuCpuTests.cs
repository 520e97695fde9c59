namespace TinT.Devices.Tests.Running;

/// <summary>The kernels of small groups on the device that ILGPU has everywhere.</summary>
/// <param name="simulators">The simulators on the device.</param>
public sealed class IlgpuCpuTests(NarrowSimulators simulators) : IClassFixture<NarrowSimulators>
{
    [Theory, MemberData(nameof(DeviceCases.Golden), MemberType = typeof(DeviceCases))]
    public void The_kernels_of_small_groups_agree_with_the_authors_code(string name, string form) => simulators.AssertAuthors(name, form);

    [Theory, MemberData(nameof(DeviceCases.OptionNames), MemberType = typeof(DeviceCases))]
    public void The_kernels_of_small_groups_agree_with_the_equations(string model) =>
        simulators.AssertPlain(DeviceCases.Options.Single(spec => spec.Model == model));
}
