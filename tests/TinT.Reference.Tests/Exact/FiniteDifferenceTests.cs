using TinT.Model.Parameters;
using TinT.Reference.Backward;
using TinT.Reference.Exact;
using TinT.Reference.Forward;
using TinT.Reference.Matrices;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Tests.Exact;

public sealed class FiniteDifferenceTests
{
    // Central differences with a step of 1e-5: truncation (1e-5)² times third derivatives, rounding 1e-15 of the loss over 1e-5.
    // Measured: at most 7e-10 of the tensor's gradient.
    private const double RelativeTolerance = 1e-8;

    public static TheoryData<string, string> Models
    {
        get
        {
            TheoryData<string, string> models = [];
            foreach (string architecture in new[] { "gpt2", "opt" })
            {
                foreach (string activation in new[] { "gelu_new", "gelu", "relu", "silu" })
                    models.Add(architecture, activation);
            }

            return models;
        }
    }

    [Theory, MemberData(nameof(Models))]
    public void Gradients_of_every_parameter_tensor_are_slopes_of_the_loss(string architecture, string activation) =>
        Check(architecture, activation, RandomCase.Batch());

    [Theory, MemberData(nameof(Models))]
    public void Gradients_honour_gradient_mask_icl_mask_and_position_ids(string architecture, string activation) =>
        Check(architecture, activation, RandomCase.MaskedBatch());

    [Fact]
    public void Gradients_hold_for_training_parts_with_holes()
    {
        SimulationBatch batch = new(1, 8, [3, 1, 4, 1, 5, 9, 2, 6], [0, 1, 1, 0, 0, 1, 0, 1]);

        Check("gpt2", "gelu_new", batch);
    }

    private static void Check(string architecture, string activation, SimulationBatch batch)
    {
        AuxiliaryDescription auxiliary = RandomCase.Auxiliary(architecture, activation);
        AuxiliaryModel<double> model = RandomCase.Model<double>(auxiliary);
        AuxiliaryModel<double> gradients = Gradients(model, batch);
        Random random = new(3);
        foreach ((ParameterTensor<double> weight, ParameterTensor<double> gradient) in model.Tensors.Zip(gradients.Tensors))
        {
            double norm = Math.Sqrt(gradient.Values.Sum(value => value * value));

            // A softmax does not see what is added to all its scores, so b_k has no gradient beyond rounding.
            if (weight.Kind == ParameterKind.KeyBias)
                Assert.InRange(norm, 0, 1e-12);
            else
                Assert.InRange(norm, 1e-3, 1e3);
            for (int direction = 0; direction < 3; direction++)
            {
                (double slope, double[] along) = SummedLoss.Differentiate(model, weight.Values, batch, random);
                double expected = along.Zip(gradient.Values, (left, right) => left * right).Sum();
                double tolerance = RelativeTolerance * Math.Max(norm, 1);
                Assert.True(Math.Abs(slope - expected) <= tolerance, $"{weight.Kind} of layer {weight.Layer}: slope {slope}, gradient {expected}.");
            }
        }
    }

    private static AuxiliaryModel<double> Gradients(AuxiliaryModel<double> model, SimulationBatch batch)
    {
        ParameterSelection selection = new(ParameterSubset.All, RandomCase.Description(model.Description), 2);
        AuxiliaryModel<double> gradients = model.ZerosFor(selection);
        BackwardBuffers<double> buffers = new(model.Description, batch.TokenCount);
        new ExactBackward<double>(model.Description, new Workers(1))
            .Run(model, new Sequence<double>(batch, 0), SummedLoss.Forward(model, batch), selection, buffers, gradients);
        return gradients;
    }
}
