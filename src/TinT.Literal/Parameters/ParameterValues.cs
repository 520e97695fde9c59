using System.Numerics;

namespace TinT.Literal.Parameters;

/// <summary>The parameters of literal modules as plain arrays, by name; each is allocated when it is first asked for.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ParameterValues<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly Dictionary<string, ParameterDefinition?> definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, T[]> allocated = new(StringComparer.Ordinal);

    /// <summary>Holds no parameters yet.</summary>
    public ParameterValues()
    {
    }

    /// <summary>Holds parameters without allocating any.</summary>
    /// <param name="definitions">Their shapes and values.</param>
    /// <exception cref="ArgumentException">Two parameters have the same name.</exception>
    public ParameterValues(IEnumerable<ParameterDefinition> definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        foreach (ParameterDefinition definition in definitions)
            Define(definition.Name, definition);
    }

    /// <summary>Names of the parameters, in the order in which they came.</summary>
    public IReadOnlyCollection<string> Names => definitions.Keys;

    /// <summary>Elements of all parameters together, allocated or not.</summary>
    public long Count => definitions.Sum(entry => entry.Value?.Count ?? allocated[entry.Key].LongLength);

    /// <summary>Elements that are allocated.</summary>
    public long AllocatedCount => allocated.Values.Sum(values => values.LongLength);

    /// <summary>The elements of a parameter, row-major; changes to them change the parameter.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
    public T[] this[string name]
    {
        get
        {
            if (allocated.TryGetValue(name, out T[]? values))
                return values;
            if (definitions.GetValueOrDefault(name) is not { } definition)
                throw new KeyNotFoundException($"The literal simulator has no parameter '{name}'; check the name, and that its module is part of the run.");
            allocated.Add(name, values = ParameterAllocation.Allocate<T>(definition));
            return values;
        }
    }

    /// <summary>Adds a parameter.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Its elements, row-major; not copied.</param>
    /// <exception cref="ArgumentException">There is one of that name.</exception>
    public void Add(string name, T[] values)
    {
        Define(name, null);
        allocated.Add(name, values);
    }

    /// <summary>The elements of a parameter if they are allocated, else <see langword="null"/>.</summary>
    /// <param name="name">Its name.</param>
    internal T[]? Find(string name) => allocated.GetValueOrDefault(name);

    private void Define(string name, ParameterDefinition? definition)
    {
        if (!definitions.TryAdd(name, definition))
            throw new ArgumentException($"Two parameters of the literal simulator are called '{name}'.", nameof(name));
    }
}
