using System.Numerics;

namespace TinT.Literal.Parameters;

/// <summary>Allocates the parameters of literal modules.</summary>
public static class ParameterAllocation
{
    /// <summary>Allocates parameters and fills them as the construction says.</summary>
    /// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="definitions">The parameters.</param>
    /// <exception cref="ArgumentException">Two parameters have the same name.</exception>
    public static ParameterValues<T> Allocate<T>(IEnumerable<ParameterDefinition> definitions)
        where T : IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(definitions);
        ParameterValues<T> parameters = new();
        foreach (ParameterDefinition definition in definitions)
        {
            T[] values = new T[definition.Count];
            foreach (ParameterEntry entry in definition.Entries)
                values[entry.Index] = T.CreateChecked(entry.Value);
            parameters.Add(definition.Name, values);
        }

        return parameters;
    }
}
