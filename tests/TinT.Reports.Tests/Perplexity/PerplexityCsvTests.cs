using TinT.Reports.Files;
using TinT.Reports.Perplexity;

namespace TinT.Reports.Tests.Perplexity;

public sealed class PerplexityCsvTests
{
    [Fact]
    public void A_report_has_a_record_for_each_score() => Assert.Equal(
        """
        model,files,tokenizer,blocks,block_size,steps,layers,train_fraction,training_tokens_per_block,scored_tokens,method,learning_rate,loss_nats_per_token,perplexity,diverged,non_finite_blocks,improvement_percent,improvement_percent_95_low,improvement_percent_95_high,best
        Tiny,texts/sample.txt,bytes,3,4,3,2,0.5,2,6,auxiliary,,0.7083333333333334,2.030604096634748,false,0,,,,false
        Tiny,texts/sample.txt,bytes,3,4,3,2,0.5,2,6,exact SGD,0.25,0.53125,1.7010573018484008,false,0,16.229002755017298,2.001280726597676,28.39110519556014,true
        Tiny,texts/sample.txt,bytes,3,4,3,2,0.5,2,6,exact SGD,0.5,,,true,1,,,,false
        Tiny,texts/sample.txt,bytes,3,4,3,2,0.5,2,6,TinT,0.25,0.6197916666666666,1.8585408055094763,false,0,8.473502609909344,1.0056975006125346,15.377961024068998,false
        Tiny,texts/sample.txt,bytes,3,4,3,2,0.5,2,6,TinT,0.5,0.53125,1.7010573018484008,false,0,16.229002755017298,2.001280726597676,28.39110519556014,true
        Tiny,texts/sample.txt,bytes,3,4,3,2,0.75,3,3,auxiliary,,0.7916666666666666,2.2070718156067044,false,0,,,,false
        Tiny,texts/sample.txt,bytes,3,4,3,2,0.75,3,3,exact SGD,0.25,0.59375,1.8107660721193872,false,0,17.956177985915524,3.5666774865426354,30.198518984561296,true
        Tiny,texts/sample.txt,bytes,3,4,3,2,0.75,3,3,exact SGD,0.5,,,true,1,,,,false
        Tiny,texts/sample.txt,bytes,3,4,3,2,0.75,3,3,TinT,0.25,0.6927083333333334,1.9991224981054954,false,0,9.421955191070463,1.7995302895870258,16.452719364758075,false
        Tiny,texts/sample.txt,bytes,3,4,3,2,0.75,3,3,TinT,0.5,0.59375,1.8107660721193872,false,0,17.956177985915524,3.5666774865426354,30.198518984561296,true

        """,
        PerplexityCsv.Format(ReportSamples.Create()).ReplaceLineEndings("\n"));

    [Fact]
    public void Records_follow_RFC_4180()
    {
        CsvWriter writer = new();
        writer.WriteRecord("plain", "with, comma", "with \"quotes\"", "with\nnewline", null, 0.1 + 0.2, 1e-4, 7, true, double.NaN, double.PositiveInfinity, "");
        Assert.Equal(
            "plain,\"with, comma\",\"with \"\"quotes\"\"\",\"with\nnewline\",,0.30000000000000004,0.0001,7,true,,,\r\n",
            writer.ToString());
    }
}
