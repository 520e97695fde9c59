using System.Text;
using TinT.Evaluation.Perplexity;
using TinT.Evaluation.Sweeps;
using TinT.Evaluation.Tests.Perplexity;
using TinT.Reports.Perplexity;

namespace TinT.Reports.Tests.Perplexity;

public sealed class PerplexityJsonTests
{
    [Fact]
    public void A_report_has_the_documented_schema()
    {
        PerplexityReport report = ReportSamples.Create(
            new PerplexityOptions { Sweep = new Sweep { LearningRates = [0.25, 0.5] } },
            new EvaluationMethod("TinT", new FakeSimulator((loss, learningRate) => learningRate > 0.3 ? float.NaN : loss)));
        Assert.Equal(
            """
            {
              "schema": "tint.perplexity/1",
              "model": "Tiny",
              "auxiliary": {
                "architecture": "gpt2",
                "vocab_size": 256,
                "max_position_embeddings": 16,
                "hidden_size": 8,
                "num_hidden_layers": 2,
                "num_attention_heads": 2,
                "intermediate_size": 32,
                "activation": "gelu_new",
                "norm_epsilon": 1E-05
              },
              "simulator": {
                "sharding": 2,
                "prefix_tokens": 4,
                "hidden_size": 32,
                "num_attention_heads": 4
              },
              "training": {
                "steps": 3,
                "layers": 2,
                "loss": "softmax",
                "layer_norm": "bias",
                "attention": "values",
                "taylor_scale": 1000,
                "compatibility": "none"
              },
              "text": {
                "files": [
                  "texts/sample.txt"
                ],
                "tokenizer": "bytes",
                "lines": 5,
                "empty_lines": 1,
                "tokens": 15,
                "dropped_tokens": 3,
                "blocks": 3,
                "evaluated_blocks": 3,
                "block_size": 4,
                "group_lines": null,
                "stopped_early": false
              },
              "fractions": [
                {
                  "train_fraction": 0.5,
                  "training_tokens_per_block": 2,
                  "scored_tokens_per_block": 2,
                  "scored_tokens": 6,
                  "auxiliary": {
                    "loss_nats_per_token": 0.7083333333333334,
                    "perplexity": 2.030604096634748,
                    "diverged": false,
                    "non_finite_blocks": 0
                  },
                  "methods": [
                    {
                      "method": "TinT",
                      "layers": 2,
                      "steps": 3,
                      "learning_rate": 0.25,
                      "loss_nats_per_token": 0.7083333333333334,
                      "perplexity": 2.030604096634748,
                      "diverged": false,
                      "non_finite_blocks": 0,
                      "improvement_percent": 0,
                      "improvement_percent_95_low": 0,
                      "improvement_percent_95_high": 0,
                      "best": true
                    },
                    {
                      "method": "TinT",
                      "layers": 2,
                      "steps": 3,
                      "learning_rate": 0.5,
                      "loss_nats_per_token": null,
                      "perplexity": null,
                      "diverged": true,
                      "non_finite_blocks": 3,
                      "improvement_percent": null,
                      "improvement_percent_95_low": null,
                      "improvement_percent_95_high": null,
                      "best": false
                    }
                  ]
                }
              ]
            }

            """,
            Write(report), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void The_same_evaluation_gives_the_same_bytes() => Assert.Equal(Write(ReportSamples.Create()), Write(ReportSamples.Create()));

    private static string Write(PerplexityReport report)
    {
        using MemoryStream stream = new();
        PerplexityJson.Write(stream, report);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
