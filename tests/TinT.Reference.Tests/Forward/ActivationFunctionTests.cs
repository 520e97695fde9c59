using TinT.Reference.Forward;

namespace TinT.Reference.Tests.Forward;

public sealed class ActivationFunctionTests
{
    // Values to 15 digits from the definitions with the C library's tanh, erf and exp.
    [Theory]
    [InlineData("gelu_new", 1, 0.841191990608276)]
    [InlineData("gelu_new", -0.5, -0.154285990174856)]
    [InlineData("gelu", 1, 0.841344746068543)]
    [InlineData("gelu", -0.5, -0.154268769362993)]
    [InlineData("gelu", -3.6, -0.000572790924567122)]
    [InlineData("relu", 1, 1)]
    [InlineData("relu", -0.5, 0)]
    [InlineData("silu", 1, 0.731058578630005)]
    [InlineData("silu", -0.5, -0.188770334399073)]
    public void Activations_have_the_values_of_their_definitions(string name, double argument, double expected)
    {
        double[] value = new double[1];
        ActivationFunction<double>.Of(name).Apply([argument], value);

        // 15 digits are given.
        Assert.Equal(expected, value[0], 1e-14);
    }

    [Theory]
    [InlineData("gelu_new")]
    [InlineData("gelu")]
    [InlineData("relu")]
    [InlineData("silu")]
    public void Derivatives_are_slopes(string name)
    {
        ActivationFunction<double> activation = ActivationFunction<double>.Of(name);
        double[] arguments = [.. Enumerable.Range(-70, 140).Select(index => index / 11.0 + 0.01)];
        const double Step = 1e-5;
        double[] above = new double[arguments.Length];
        double[] below = new double[arguments.Length];
        double[] derivatives = new double[arguments.Length];
        activation.Apply([.. arguments.Select(argument => argument + Step)], above);
        activation.Apply([.. arguments.Select(argument => argument - Step)], below);
        activation.Differentiate(arguments, derivatives);

        for (int index = 0; index < arguments.Length; index++)
        {
            // Central differences: truncation 1e-10 times third derivatives below 1, rounding 1e-15 of values up to 6 over 1e-5.
            Assert.Equal((above[index] - below[index]) / (2 * Step), derivatives[index], 2e-9);
        }
    }

    [Fact]
    public void An_unknown_activation_is_named()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => ActivationFunction<float>.Of("swish2"));

        Assert.Equal("The reference knows the activations gelu_new, gelu, relu and silu, not 'swish2'. (Parameter 'name')", error.Message);
    }

    // Values of the C library to 15 digits; both sides of the change of method at 2.5.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.1, 0.112462916018285)]
    [InlineData(0.5, 0.520499877813047)]
    [InlineData(1, 0.842700792949715)]
    [InlineData(2, 0.995322265018953)]
    [InlineData(2.49, 0.999570712132266)]
    [InlineData(2.51, 0.999614294518276)]
    [InlineData(3, 0.999977909503001)]
    [InlineData(4, 0.999999984582742)]
    [InlineData(7, 1)]
    public void The_error_function_agrees_with_the_C_library(double argument, double expected)
    {
        // 15 digits are given.
        Assert.Equal(expected, ErrorFunction.Evaluate(argument), 1e-14);
        Assert.Equal(-expected, ErrorFunction.Evaluate(-argument), 1e-14);
    }
}
