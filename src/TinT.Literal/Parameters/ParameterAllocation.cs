using System.Numerics;

namespace TinT.Literal.Parameters;

/// <summary>Allocates the parameters of literal modules.</summary>
public static class ParameterAllocation
{
    /// <summary>Allocates a parameter and fills it as the construction says.</summary>
    /// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="definition">The parameter.</param>
    /// <returns>Its elements, row-major.</returns>
    public static T[] Allocate<T>(ParameterDefinition definition)
        where T : IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(definition);
        T[] values = new T[definition.Count];
        foreach (ParameterEntry entry in definition.Entries)
            values[entry.Index] = T.CreateChecked(entry.Value);
        return values;
    }

    /// <summary>Allocates parameters and fills them as the construction says.</summary>
    /// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="definitions">The parameters.</param>
    /// <exception cref="ArgumentException">Two parameters have the same name.</exception>
    public static ParameterValues<T> Allocate<T>(IEnumerable<ParameterDefinition> definitions)
        where T : IFloatingPointIeee754<T>
    {
        ParameterValues<T> parameters = new(definitions);
        foreach (string name in parameters.Names)
            _ = parameters[name];
        return parameters;
    }
}
