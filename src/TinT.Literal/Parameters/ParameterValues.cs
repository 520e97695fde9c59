using System.Numerics;

namespace TinT.Literal.Parameters;

/// <summary>The parameters of literal modules as plain arrays, by name.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ParameterValues<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly Dictionary<string, T[]> valuesByName = new(StringComparer.Ordinal);

    /// <summary>Names of the parameters, in the order they were added.</summary>
    public IReadOnlyCollection<string> Names => valuesByName.Keys;

    /// <summary>Elements of all parameters together.</summary>
    public long Count => valuesByName.Values.Sum(values => (long)values.Length);

    /// <summary>The elements of a parameter, row-major; changes to them change the parameter.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
    public T[] this[string name] => valuesByName.TryGetValue(name, out T[]? values)
        ? values
        : throw new KeyNotFoundException($"The literal simulator has no parameter '{name}'; allocate the module that uses it first.");

    /// <summary>Adds a parameter.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Its elements, row-major; not copied.</param>
    /// <exception cref="ArgumentException">There is one of that name.</exception>
    public void Add(string name, T[] values)
    {
        if (!valuesByName.TryAdd(name, values))
            throw new ArgumentException($"Two parameters of the literal simulator are called '{name}'.", nameof(name));
    }
}
