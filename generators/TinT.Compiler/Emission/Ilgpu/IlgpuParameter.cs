namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>A parameter of a GPU kernel.</summary>
/// <param name="Type">C# type in generated code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Doc">What it is, with its shape.</param>
internal sealed record IlgpuParameter(string Type, string Name, string Doc)
{
    private const string FloatView = "ArrayView1D<float, Stride1D.Dense>";

    private const string IntegerView = "ArrayView1D<int, Stride1D.Dense>";

    /// <summary>Floats on the device.</summary>
    public static IlgpuParameter Floats(string name, string doc) => new(FloatView, name, doc);

    /// <summary>Integers on the device.</summary>
    public static IlgpuParameter Integers(string name, string doc) => new(IntegerView, name, doc);

    /// <summary>A whole number.</summary>
    public static IlgpuParameter Count(string name, string doc) => new("int", name, doc);

    /// <summary>A number.</summary>
    public static IlgpuParameter Number(string name, string doc) => new("float", name, doc);
}
