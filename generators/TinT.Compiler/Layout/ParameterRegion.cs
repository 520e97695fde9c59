namespace TinT.Compiler.Layout;

/// <summary>Where a parameter lies in memory.</summary>
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

    /// <summary>Once per layer; trained layers have an updated copy in every sequence, in both forms of the update: norms' biases and gains.</summary>
    SequenceBlock,

    /// <summary>Once per model, with an updated copy in every sequence: the final norm's bias and gain.</summary>
    SequenceModel,
}
