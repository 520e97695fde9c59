namespace TinT.Runtime.Simulation;

/// <summary>What finds and opens devices. Programs know devices by this contract alone, so that only the host needs a GPU library.</summary>
public interface IDeviceHost
{
    /// <summary>All devices that simulators can run on: CUDA, then OpenCL, then the others.</summary>
    IReadOnlyList<DeviceDescription> List();

    /// <summary>Opens a device.</summary>
    /// <param name="name">One of <see cref="DeviceKinds"/>, or a part of a device's name in either case of letters.</param>
    /// <exception cref="DeviceException">There is no such device, or its driver does not open it.</exception>
    ISimulatorDevice Open(string name);
}
