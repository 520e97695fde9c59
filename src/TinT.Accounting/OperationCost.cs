namespace TinT.Accounting;

/// <summary>What a computation costs.</summary>
/// <remarks>
/// <para>Operations: a multiply-add of a product counts 2; outside products +, −, ×, ÷, √, max, exp, tanh and erf count 1 each. Products and the rest
/// are told apart, because the rest runs at another speed.</para>
/// <para>Bytes: what a kernel or layer must at least move, with 4 bytes a number, 2 for matrices stored in 16 bits. Parameters are read once by each product that uses them and written
/// once by what updates them; every activation is read once by each product or function that takes it and written once by what makes it.
/// What caches, packing or registers add or save is not counted.</para>
/// </remarks>
/// <param name="ProductOperations">Operations of matrix products.</param>
/// <param name="ElementOperations">All other operations.</param>
/// <param name="ParameterBytesRead">Bytes of parameters read.</param>
/// <param name="ParameterBytesWritten">Bytes of parameters written.</param>
/// <param name="ActivationBytesRead">Bytes of activations read.</param>
/// <param name="ActivationBytesWritten">Bytes of activations written.</param>
public readonly record struct OperationCost(
    long ProductOperations,
    long ElementOperations,
    long ParameterBytesRead,
    long ParameterBytesWritten,
    long ActivationBytesRead,
    long ActivationBytesWritten)
{
    /// <summary>Bytes of a number.</summary>
    public const int NumberBytes = sizeof(float);

    /// <summary>All operations.</summary>
    public long Operations => ProductOperations + ElementOperations;

    /// <summary>Bytes of parameters, read or written.</summary>
    public long ParameterBytes => ParameterBytesRead + ParameterBytesWritten;

    /// <summary>Bytes of activations, read or written.</summary>
    public long ActivationBytes => ActivationBytesRead + ActivationBytesWritten;

    /// <summary>All bytes.</summary>
    public long Bytes => ParameterBytes + ActivationBytes;

    /// <summary>The cost of two computations.</summary>
    public static OperationCost operator +(OperationCost left, OperationCost right) => new(
        left.ProductOperations + right.ProductOperations,
        left.ElementOperations + right.ElementOperations,
        left.ParameterBytesRead + right.ParameterBytesRead,
        left.ParameterBytesWritten + right.ParameterBytesWritten,
        left.ActivationBytesRead + right.ActivationBytesRead,
        left.ActivationBytesWritten + right.ActivationBytesWritten);

    /// <summary>The cost of a computation that is done several times.</summary>
    public static OperationCost operator *(OperationCost cost, long times) => new(
        cost.ProductOperations * times,
        cost.ElementOperations * times,
        cost.ParameterBytesRead * times,
        cost.ParameterBytesWritten * times,
        cost.ActivationBytesRead * times,
        cost.ActivationBytesWritten * times);

    /// <summary>The cost of two computations.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static OperationCost Add(OperationCost left, OperationCost right) => left + right;

    /// <summary>The cost of a computation that is done several times.</summary>
    /// <param name="cost">Its cost.</param>
    /// <param name="times">How often.</param>
    public static OperationCost Multiply(OperationCost cost, long times) => cost * times;

    /// <summary>The cost of several computations.</summary>
    /// <param name="costs">Their costs.</param>
    public static OperationCost Sum(IEnumerable<OperationCost> costs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        return costs.Aggregate(default(OperationCost), Add);
    }

    /// <summary>A computation that reads and writes activations.</summary>
    /// <param name="products">Operations of products.</param>
    /// <param name="elements">Other operations.</param>
    /// <param name="parametersRead">Parameters read, in numbers.</param>
    /// <param name="parametersWritten">Parameters written, in numbers.</param>
    /// <param name="read">Activations read, in numbers.</param>
    /// <param name="written">Activations written, in numbers.</param>
    internal static OperationCost Of(
        long products = 0, long elements = 0, long parametersRead = 0, long parametersWritten = 0, long read = 0, long written = 0) => new(
        products, elements, NumberBytes * parametersRead, NumberBytes * parametersWritten, NumberBytes * read, NumberBytes * written);
}
