using System.ComponentModel;

namespace TinT.Model.Runs;

/// <summary>What a call of several inner trainings that share passes does.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum SharedAction
{
    /// <summary>Calls a routine, as in a run.</summary>
    Routine,

    /// <summary>Keeps the hidden state in a copy.</summary>
    KeepHidden,

    /// <summary>Goes back to the hidden state of a copy.</summary>
    RestoreHidden,

    /// <summary>Keeps the loss gradient in a copy.</summary>
    KeepGradient,

    /// <summary>Goes back to the loss gradient of a copy.</summary>
    RestoreGradient,

    /// <summary>Turns to a training part.</summary>
    TurnToSplit,

    /// <summary>From here on descents are those of all trainings of the training part.</summary>
    DescendAll,

    /// <summary>From here on passes and descents are those of one training.</summary>
    TurnToTraining,

    /// <summary>From here on scores are those of a setting.</summary>
    TurnToSetting,
}
