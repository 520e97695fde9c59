namespace TinT.Compiler.Emission.Ilgpu.Launches;

/// <summary>A parameter of a GPU kernel.</summary>
/// <param name="Type">C# type in generated code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Doc">What it is, with its shape.</param>
internal sealed record IlgpuParameter(string Type, string Name, string Doc)
{
    /// <summary>Short names of types in generated files.</summary>
    public const string Aliases =
        "using Integers = global::ILGPU.Runtime.ArrayView1D<int, global::ILGPU.Stride1D.Dense>;\nusing View = global::ILGPU.Runtime.ArrayView1D<float, global::ILGPU.Stride1D.Dense>;";

    /// <summary>The element of a kernel without groups.</summary>
    public static IlgpuParameter Index { get; } = new("Index1D", "index", "The element.");

    /// <summary>Floats on the device.</summary>
    public static IlgpuParameter Floats(string name, string doc) => new("View", name, doc);

    /// <summary>Integers on the device.</summary>
    public static IlgpuParameter Integers(string name, string doc) => new("Integers", name, doc);

    /// <summary>A whole number.</summary>
    public static IlgpuParameter Count(string name, string doc) => new("int", name, doc);

    /// <summary>A number.</summary>
    public static IlgpuParameter Number(string name, string doc) => new("float", name, doc);
}
