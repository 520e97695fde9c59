using TinT.Evaluation.Sweeps;
using TinT.Model;

namespace TinT.Evaluation.Tests.Sweeps;

public sealed class SweepTests
{
    private static readonly TrainingDescription spec = new(3, 2, 0.25, "softmax", "bias", "values", 1000, "none");

    [Fact]
    public void What_is_not_asked_for_is_the_specs_and_the_fraction_a_half() => Assert.Equal([new SweepPoint(0.5, 2, 3, 0.25)], new Sweep().Points(spec));

    [Fact]
    public void Every_value_meets_every_other_with_learning_rates_innermost() => Assert.Equal(
        [
            new SweepPoint(0.3, 1, 1, 0.1), new SweepPoint(0.3, 1, 1, 0), new SweepPoint(0.3, 1, 2, 0.1), new SweepPoint(0.3, 1, 2, 0),
            new SweepPoint(0.3, 4, 1, 0.1), new SweepPoint(0.3, 4, 1, 0), new SweepPoint(0.3, 4, 2, 0.1), new SweepPoint(0.3, 4, 2, 0),
            new SweepPoint(0.7, 1, 1, 0.1), new SweepPoint(0.7, 1, 1, 0), new SweepPoint(0.7, 1, 2, 0.1), new SweepPoint(0.7, 1, 2, 0),
            new SweepPoint(0.7, 4, 1, 0.1), new SweepPoint(0.7, 4, 1, 0), new SweepPoint(0.7, 4, 2, 0.1), new SweepPoint(0.7, 4, 2, 0),
        ],
        new Sweep { TrainFractions = [0.3, 0.7], Layers = [1, 4], Steps = [1, 2], LearningRates = [0.1, 0] }.Points(spec));

    [Fact]
    public void Values_are_given_once_and_in_range()
    {
        Assert.Equal("There is no training fraction; give at least one.", Fail(new Sweep { TrainFractions = [] }));
        Assert.Equal("A training fraction is given twice; give each once.", Fail(new Sweep { TrainFractions = [0.5, 0.5] }));
        Assert.Equal("A number of layers is given twice; give each once.", Fail(new Sweep { Layers = [1, 2, 1] }));
        Assert.Equal("A number of steps is given twice; give each once.", Fail(new Sweep { Steps = [1, 1] }));
        Assert.Equal("A learning rate is given twice; give each once.", Fail(new Sweep { LearningRates = [0.0001, 1e-4] }));
        Assert.Equal("A training fraction must be above 0 and below 1, not NaN.", Fail(new Sweep { TrainFractions = [double.NaN] }));
        Assert.Equal("Layers and steps are numbers from 1, not 0.", Fail(new Sweep { Layers = [0] }));
        Assert.Equal("Layers and steps are numbers from 1, not -1.", Fail(new Sweep { Steps = [-1] }));
        Assert.Equal("A learning rate must be a number from 0, not -0.5.", Fail(new Sweep { LearningRates = [-0.5] }));
    }

    private static string Fail(Sweep sweep) => Assert.Throws<EvaluationException>(() => sweep.Points(spec)).Message;
}
