using TinT.Model.Activations;
using TinT.Runtime.Formulas;

namespace TinT.Runtime.Tests.Formulas;

public sealed class ActivationFormulaTests
{
    public static TheoryData<string> Names => [.. KnownActivations.All.Select(activation => activation.Name)];

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
    [InlineData("quick_gelu", 1, 0.845795765932821)]
    [InlineData("quick_gelu", -0.5, -0.14961156339362)]
    public void Activations_have_the_values_of_their_definitions(string name, double argument, double expected)
    {
        double[] value = new double[1];
        ActivationFormulas.Of(name).Apply<double>([argument], value);

        // 15 digits are given.
        Assert.Equal(expected, value[0], 1e-14);
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_activation_keeps_0(string name)
    {
        double[] value = [1];
        ActivationFormulas.Of(name).Apply<double>([0], value);
        Assert.Equal(0, value[0]);
    }

    [Theory, MemberData(nameof(Names))]
    public void Derivatives_are_slopes(string name)
    {
        ActivationFormula activation = ActivationFormulas.Of(name);
        double[] arguments = [.. Enumerable.Range(-70, 140).Select(index => index / 11.0 + 0.01)];
        const double Step = 1e-5;
        double[] above = new double[arguments.Length];
        double[] below = new double[arguments.Length];
        double[] derivatives = new double[arguments.Length];
        float[] narrow = new float[arguments.Length];
        activation.Apply<double>([.. arguments.Select(argument => argument + Step)], above);
        activation.Apply<double>([.. arguments.Select(argument => argument - Step)], below);
        activation.Differentiate<double>(arguments, derivatives);
        activation.Differentiate<float>([.. arguments.Select(argument => (float)argument)], narrow);

        for (int index = 0; index < arguments.Length; index++)
        {
            // Central differences: truncation 1e-10 times third derivatives below 1, rounding 1e-15 of values up to 6 over 1e-5.
            Assert.Equal((above[index] - below[index]) / (2 * Step), derivatives[index], 2e-9);
            Assert.Equal(derivatives[index], narrow[index], 2e-6);
        }
    }

    [Fact]
    public void The_derivative_of_relu_at_0_is_that_from_the_left()
    {
        double[] derivatives = new double[3];
        ActivationFormulas.Of("relu").Differentiate<double>([0, 1e-20, -1e-20], derivatives);
        Assert.Equal([0, 1, 0], derivatives.Select(value => value + 0));
    }

    [Fact]
    public void Every_row_of_the_table_has_its_formula() => Assert.Equal(KnownActivations.All, ActivationFormulas.All.Select(formula => formula.Activation));

    // z², ·, + (2), ·, σ (−, exp, +, ÷), ·; ·, erf, +, ·, ·; max; σ, ·; ·, σ, ·.
    [Theory]
    [InlineData("gelu_new", 9)]
    [InlineData("gelu", 5)]
    [InlineData("relu", 1)]
    [InlineData("silu", 5)]
    [InlineData("quick_gelu", 6)]
    public void Operations_are_those_of_the_formula(string name, int operations) => Assert.Equal(operations, ActivationFormulas.Of(name).Operations);

    [Fact]
    public void An_unknown_activation_is_named()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => ActivationFormulas.Of("swish2"));

        Assert.Equal("There are the activations gelu_new, gelu, relu, silu, quick_gelu, not 'swish2'. (Parameter 'name')", error.Message);
    }

    // erf x to 15 digits by the C library; both sides of the change of method at 2.5 / √2.
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
    public void The_normal_distribution_agrees_with_the_C_library(double argument, double expected)
    {
        Distribution<double> normal = Distributions.Normal(argument * Math.Sqrt(2));
        Distribution<double> mirrored = Distributions.Normal(-argument * Math.Sqrt(2));

        // 15 digits are given.
        Assert.Equal((1 + expected) / 2, normal.Value, 1e-14);
        Assert.Equal((1 - expected) / 2, normal.Complement, 1e-14);
        Assert.Equal((normal.Complement, normal.Value), (mirrored.Value, mirrored.Complement));
    }

    [Theory]
    [InlineData(-10, 7.619853024160527e-24)]
    [InlineData(-30, 4.906713927148187e-198)]
    public void The_tail_of_the_normal_distribution_does_not_cancel(double argument, double expected) =>
        Assert.Equal(1, Distributions.Normal(argument).Value / expected, 1e-12);
}
