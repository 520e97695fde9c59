using TinT.Model;
using TinT.Model.Parameters;
using TinT.Reference.Forward;
using TinT.Reference.Matrices;
using TinT.Reference.Tape;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Tests.Exact;

public sealed class FiniteDifferenceTests
{
    // Central differences with a step of 1e-5: truncation (1e-5)² times third derivatives, rounding 1e-15 of the loss over 1e-5.
    // Measured: at most 7e-10 of the tensor's gradient.
    private const double RelativeTolerance = 1e-8;

    public static TheoryData<string> Variants => [.. RandomVariants.All.Keys];

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

    [Theory, MemberData(nameof(Variants))]
    public void Gradients_hold_for_models_of_every_architecture(string name)
    {
        AuxiliaryDescription auxiliary = RandomVariants.All[name];

        Check(auxiliary, RandomCase.Batch());
        Check(auxiliary, RandomCase.MaskedBatch());
    }

    private static void Check(string architecture, string activation, SimulationBatch batch) => Check(RandomCase.Auxiliary(architecture, activation), batch);

    private static void Check(AuxiliaryDescription auxiliary, SimulationBatch batch)
    {
        AuxiliaryModel<double> model = RandomCase.Model<double>(auxiliary);
        TrainedWeights<double> trained = Gradients(model, batch);
        Random random = new(3);
        foreach (ParameterTensor<double> weight in model.Tensors)
        {
            double[] gradient = trained.Find(weight.Kind, weight.Layer)!.Gradient is { } matrix ? matrix.Values : new double[weight.Values.Length];
            double norm = Math.Sqrt(gradient.Sum(value => value * value));

            // A softmax does not see what is added to all its scores, so b_k has no gradient beyond rounding where positions do not turn it and no norm follows.
            if (weight.Kind == ParameterKind.KeyBias && auxiliary.Rotary is null)
                Assert.InRange(norm, 0, 1e-12);
            else
                Assert.InRange(norm, 1e-4, 1e3);
            for (int direction = 0; direction < 3; direction++)
            {
                (double slope, double[] along) = SummedLoss.Differentiate(model, weight.Values, batch, random);
                double expected = along.Zip(gradient, (left, right) => left * right).Sum();
                double tolerance = RelativeTolerance * Math.Max(norm, 1);
                Assert.True(Math.Abs(slope - expected) <= tolerance, $"{weight.Kind} of layer {weight.Layer}: slope {slope}, gradient {expected}.");
            }
        }
    }

    private static TrainedWeights<double> Gradients(AuxiliaryModel<double> model, SimulationBatch batch)
    {
        ParameterSelection selection = new(ParameterSubset.All, RandomCase.Description(model.Description), 2);
        TrainedWeights<double> weights = new(model, selection, gainMatrices: false);
        Tape<double> tape = new(batch.TokenCount, new Workers(1), new BackwardRules<double>());
        AuxiliaryForward<double> forward = new(model.Description, tape, weights);
        LossGradient<double> loss = new("softmax", keepsLastRow: false, new Workers(1));
        Matrix<double> logits = forward.Run(new Sequence<double>(batch, 0));
        tape.Begin(loss.Rows(tape.Sequence));
        Matrix<double> gradient = tape.TakeGradient(logits.Columns);
        loss.Compute(tape.Sequence, logits, gradient);
        forward.PassBack(gradient, selection);
        return weights;
    }
}
