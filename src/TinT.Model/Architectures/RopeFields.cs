using static TinT.Model.Architectures.AuxiliaryOptionTable;

namespace TinT.Model.Architectures;

/// <summary>Fields of rotary positions as most configurations have them: since transformers 5 in one object.</summary>
internal static class RopeFields
{
    public static ConfigurationField Theta { get; } = new(RopeTheta, "rope_theta", "rope_parameters.rope_theta");

    public static ConfigurationField Partial { get; } = new(PartialRotaryFactor, "partial_rotary_factor", "rope_parameters.partial_rotary_factor");

    public static ConfigurationField Scaling { get; } = new(AuxiliaryOptionTable.Scaling, "rope_scaling", "rope_parameters");
}
