namespace TinT.Model.Architectures;

/// <summary>What an option takes.</summary>
public enum OptionKind
{
    /// <summary>A whole number, <see cref="int"/>.</summary>
    Size,

    /// <summary>A number, <see cref="double"/>.</summary>
    Number,

    /// <summary><see cref="bool"/>.</summary>
    Flag,

    /// <summary>A word, <see cref="string"/>.</summary>
    Word,

    /// <summary>A <see cref="Model.RopeScaling"/>.</summary>
    RopeScaling,

    /// <summary>For each layer whether it has the window, <see cref="EquatableArray{T}"/> of <see cref="bool"/>.</summary>
    LayerTypes,
}
