namespace TinT.Model;

/// <summary>How rotary positions are stretched beyond the context a model was first trained on; fields as in <c>rope_scaling</c> of <c>config.json</c>.</summary>
/// <param name="Kind"><see cref="Linear"/> or <see cref="Llama3"/>.</param>
/// <param name="Factor">What frequencies are divided by.</param>
/// <param name="LowFrequencyFactor">Wavelengths above the first context over this are divided (<c>llama3</c>).</param>
/// <param name="HighFrequencyFactor">Wavelengths below the first context over this stay (<c>llama3</c>).</param>
/// <param name="OriginalMaxPositionEmbeddings">The first context (<c>llama3</c>).</param>
public sealed record RopeScaling(
    string Kind, double Factor, double LowFrequencyFactor = 1, double HighFrequencyFactor = 4, int OriginalMaxPositionEmbeddings = 8192)
{
    /// <summary>Every frequency is divided.</summary>
    public const string Linear = "linear";

    /// <summary>Low frequencies are divided, high ones stay, between them the two are mixed.</summary>
    public const string Llama3 = "llama3";

    /// <summary>The kinds that there are.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [Linear, Llama3];

    /// <summary>A frequency, in radians per position, stretched.</summary>
    /// <param name="frequency">The frequency.</param>
    public double Scale(double frequency)
    {
        if (Kind == Linear)
            return frequency / Factor;
        double wavelength = 2 * Math.PI / frequency;
        if (wavelength < OriginalMaxPositionEmbeddings / HighFrequencyFactor)
            return frequency;
        if (wavelength > OriginalMaxPositionEmbeddings / LowFrequencyFactor)
            return frequency / Factor;
        double share = ((OriginalMaxPositionEmbeddings / wavelength) - LowFrequencyFactor) / (HighFrequencyFactor - LowFrequencyFactor);
        return ((1 - share) * frequency / Factor) + (share * frequency);
    }
}
