using System.ComponentModel;

namespace TinT.Runtime.Parameters;

/// <summary>Where a parameter lies in a <see cref="ParameterStore"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ParameterRegion
{
    /// <summary>Once per model, never updated.</summary>
    Model,

    /// <summary>Once per layer, never updated.</summary>
    Block,

    /// <summary>Once per layer; trained layers have an updated copy.</summary>
    TrainedBlock,

    /// <summary>Once per model, with an updated copy.</summary>
    TrainedModel,

    /// <summary>Once per layer; trained layers have an updated copy in every sequence.</summary>
    SequenceBlock,

    /// <summary>Once per model, with an updated copy in every sequence.</summary>
    SequenceModel,
}
