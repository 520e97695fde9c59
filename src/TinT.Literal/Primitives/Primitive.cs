using TinT.Literal.Parameters;

namespace TinT.Literal.Primitives;

/// <summary>A part of a module that has parameters.</summary>
public abstract class Primitive
{
    private protected Primitive(string name) => Name = name;

    /// <summary>Name of the primitive; its parameters are <c>name.weight</c> and <c>name.bias</c>.</summary>
    public string Name { get; }

    /// <summary>Name of its weight.</summary>
    public string WeightName => Name + ".weight";

    /// <summary>Name of its bias.</summary>
    public string BiasName => Name + ".bias";

    /// <summary>Its parameters, in the order in which the authors' code lists them.</summary>
    public abstract IEnumerable<ParameterDefinition> Parameters { get; }
}
