using System.Text.Json.Nodes;
using TinT.Runtime.Checkpoints;

namespace TinT.Runtime.Tests.Checkpoints;

public sealed class HuggingFaceCheckpointTests
{
    [Theory]
    [InlineData("transformer.h.0.ln_1.weight")]
    [InlineData("h.0.ln_1.weight")]
    public void GPT2_names_are_found_with_and_without_their_prefix(string stored)
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        model.Write("model.safetensors", TensorData.FromSingles(stored, [1, 2, 3, 4], 4));

        using HuggingFaceCheckpoint checkpoint = model.Open();

        Assert.Equal([1f, 2f, 3f, 4f], checkpoint.Find("transformer.h.0.ln_1.weight", 4).ReadSingles());
    }

    [Theory]
    [InlineData("model.decoder.final_layer_norm.bias")]
    [InlineData("decoder.final_layer_norm.bias")]
    public void OPT_names_are_found_with_and_without_their_prefix(string stored)
    {
        using ModelDirectory model = ModelDirectory.Opt();
        model.Write("model.safetensors", TensorData.FromSingles(stored, [1, 2, 3, 4], 4));

        using HuggingFaceCheckpoint checkpoint = model.Open();

        Assert.Equal([1f, 2f, 3f, 4f], checkpoint.Find("model.decoder.final_layer_norm.bias", 4).ReadSingles());
    }

    [Fact]
    public void A_missing_tensor_a_wrong_shape_and_a_wrong_type_are_named()
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        model.Write(
            "model.safetensors",
            TensorData.FromSingles("h.0.ln_1.weight", [1, 2, 3, 4], 4),
            TensorData.FromSingles("h.0.attn.c_proj.weight", [1, 2], 1, 2),
            TensorData.FromBytes("h.0.mlp.c_fc.weight", TensorType.I8, [1], 1));
        string path = model.File("model.safetensors");

        using HuggingFaceCheckpoint checkpoint = model.Open();

        Assert.Equal(
            $"{path}: there is no tensor 'transformer.h.0.ln_1.wait'; did you mean 'h.0.ln_1.weight'?",
            Assert.Throws<CheckpointFormatException>(() => checkpoint.Find("transformer.h.0.ln_1.wait", 4)).Message);
        Assert.Equal(
            $"{path}: tensor 'h.0.attn.c_proj.weight' has shape [1, 2] but the spec needs [4, 4]; load a checkpoint of the spec's sizes.",
            Assert.Throws<CheckpointFormatException>(() => checkpoint.Find("transformer.h.0.attn.c_proj.weight", 4, 4)).Message);
        Assert.Equal(
            $"{path}: tensor 'h.0.mlp.c_fc.weight' has type I8 but weights must be F32, F16, BF16 or F64; load a checkpoint that is not quantised.",
            Assert.Throws<CheckpointFormatException>(() => checkpoint.Find("transformer.h.0.mlp.c_fc.weight", 1)).Message);
    }

    [Fact]
    public void A_closed_checkpoint_cannot_be_read()
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        model.Write("model.safetensors", TensorData.FromSingles("wte.weight", [1], 1));
        HuggingFaceCheckpoint checkpoint = model.Open();
        CheckpointTensor tensor = checkpoint.Find("wte.weight", 1);
        checkpoint.Dispose();

        Assert.Throws<ObjectDisposedException>(() => tensor.ReadSingles());
    }

    [Fact]
    public void An_output_head_equal_to_the_embedding_is_accepted_in_any_precision()
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        model.Configuration["tie_word_embeddings"] = false;
        foreach (TensorData head in new[] { TensorData.FromSingles("lm_head.weight", [1, 2.5f], 1, 2), TensorData.FromDoubles("lm_head.weight", [1, 2.5], 1, 2) })
        {
            model.Write("model.safetensors", TensorData.FromSingles("transformer.wte.weight", [1, 2.5f], 1, 2), head);
            using HuggingFaceCheckpoint checkpoint = model.Open();
            Assert.Equal([1f, 2.5f], checkpoint.Find("transformer.wte.weight", 1, 2).ReadSingles());
        }
    }

    [Theory]
    [InlineData(1, 2, 2.75)]
    [InlineData(2, 1, 2.5)]
    public void An_output_head_of_its_own_is_refused(int rows, int columns, double last)
    {
        using ModelDirectory model = ModelDirectory.Opt();
        foreach (TensorData head in new[] { TensorData.FromSingles("lm_head.weight", [1, (float)last], rows, columns), TensorData.FromDoubles("lm_head.weight", [1, last], rows, columns) })
        {
            model.Write("model.safetensors", TensorData.FromSingles("decoder.embed_tokens.weight", [1, 2.5f], 1, 2), head);
            Assert.Equal(
                $"{model.File("model.safetensors")}: tensor 'lm_head.weight' differs from 'decoder.embed_tokens.weight', but config.json and the spec say that the output head is tied to the embedding; load a checkpoint with tied embeddings, or set tie_word_embeddings to false in both if the head is a matrix of its own.",
                model.OpenError());
        }
    }

    [Fact]
    public void An_untied_head_that_is_not_stored_is_refused()
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        model.Configuration["tie_word_embeddings"] = false;
        model.Write("model.safetensors", TensorData.FromSingles("wte.weight", [1], 1));

        Assert.Equal(
            $"{model.File("model.safetensors")}: config.json says tie_word_embeddings is false but there is no tensor 'lm_head.weight'; set it to true if the output head is the embedding, otherwise load a checkpoint with tied embeddings.",
            model.OpenError());
    }

    [Fact]
    public void An_embedding_stored_only_as_the_head_it_shares_memory_with_is_found()
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        SafetensorsWriter.Write(
            model.File("model.safetensors"),
            [TensorData.FromSingles("lm_head.weight", [1, 2], 2)],
            new Dictionary<string, string> { ["transformer.wte.weight"] = "lm_head.weight", ["format"] = "pt" });

        using HuggingFaceCheckpoint checkpoint = model.Open();

        Assert.Equal([1f, 2f], checkpoint.Find("transformer.wte.weight", 2).ReadSingles());
        Assert.Throws<CheckpointFormatException>(() => checkpoint.Find("format", 2));
    }

    [Theory]
    [InlineData("lm_head.weight", "h.0.w")]
    [InlineData("lm_head.weight", "transformer.h.0.w")]
    [InlineData("transformer.lm_head.weight", "transformer.h.0.w")]
    public void A_tied_embedding_may_be_stored_only_as_the_head(string head, string other)
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        model.Write("model.safetensors", TensorData.FromSingles(head, [1, 2], 2), TensorData.FromSingles(other, [3], 1));

        using HuggingFaceCheckpoint checkpoint = model.Open();

        Assert.Equal([1f, 2f], checkpoint.Find("transformer.wte.weight", 2).ReadSingles());
        Assert.Equal([3f], checkpoint.Find("transformer.h.0.w", 1).ReadSingles());
    }

    [Theory]
    [InlineData("lm_head.weight")]
    [InlineData("model.lm_head.weight")]
    public void The_tied_embedding_of_OPT_may_be_stored_only_as_the_head(string head)
    {
        using ModelDirectory model = ModelDirectory.Opt();
        model.Write("model.safetensors", TensorData.FromSingles(head, [1, 2], 2));

        using HuggingFaceCheckpoint checkpoint = model.Open();

        Assert.Equal([1f, 2f], checkpoint.Find("model.decoder.embed_tokens.weight", 2).ReadSingles());
    }

    [Fact]
    public void A_head_without_embedding_is_not_taken_for_it_unless_they_are_tied()
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        model.Configuration["tie_word_embeddings"] = false;
        model.Write("model.safetensors", TensorData.FromSingles("lm_head.weight", [1, 2], 2));

        Assert.Equal(
            $"{model.File("model.safetensors")}: config.json says tie_word_embeddings is false and of embedding and output head only 'lm_head.weight' is there, no 'transformer.wte.weight'; "
            + "set it to true if they are the same matrix, otherwise load a checkpoint with tied embeddings.",
            model.OpenError());
    }

    [Theory]
    [InlineData("transformer.wte.weight", "lm_head.weight")]
    [InlineData("wte.weight", "lm_head.weight")]
    [InlineData("wte.weight", "transformer.lm_head.weight")]
    public void Another_name_in_the_metadata_is_found_with_and_without_prefix(string alias, string stored)
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        model.Configuration["tie_word_embeddings"] = false;
        SafetensorsWriter.Write(
            model.File("model.safetensors"), [TensorData.FromSingles(stored, [1, 2], 2)], new Dictionary<string, string> { [alias] = stored });

        using HuggingFaceCheckpoint checkpoint = model.Open();

        Assert.Equal([1f, 2f], checkpoint.Find("transformer.wte.weight", 2).ReadSingles());
    }

    [Theory]
    [InlineData(true, "lm_head.weight")]
    [InlineData(true, "lm_head.weight", "wte.weight")]
    [InlineData(false, "lm_head.weight")]
    public void Another_name_is_found_in_the_metadata_of_a_shard_and_of_the_index(bool inShard, params string[] promised)
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        model.Configuration["tie_word_embeddings"] = false;
        Dictionary<string, string> aliases = new() { ["wte.weight"] = "lm_head.weight" };
        SafetensorsWriter.Write(model.File("model-1.safetensors"), [TensorData.FromSingles("lm_head.weight", [1, 2], 2)], inShard ? aliases : null);
        WriteIndex(model, [.. promised.Select(name => (name, "model-1.safetensors"))], inShard ? [] : aliases);

        using HuggingFaceCheckpoint checkpoint = model.Open();

        Assert.Equal([1f, 2f], checkpoint.Find("transformer.wte.weight", 2).ReadSingles());
    }

    [Theory]
    [InlineData("F8_E4M3", 1)]
    [InlineData("C64", 8)]
    public void A_tensor_that_nobody_reads_may_have_any_type(string type, int size)
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        byte[] bytes = RawSafetensors.Bytes(
            $$$"""{"wte.weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"scale":{"dtype":"{{{type}}}","shape":[2],"data_offsets":[4,{{{4 + (2 * size)}}}]}}""", 4 + (2 * size));
        File.WriteAllBytes(model.File("model.safetensors"), bytes);

        using HuggingFaceCheckpoint checkpoint = model.Open();

        Assert.Equal([0f], checkpoint.Find("transformer.wte.weight", 1).ReadSingles());
        Assert.Equal(
            $"{model.File("model.safetensors")}: tensor 'scale' has type {type} but weights must be F32, F16, BF16 or F64; load a checkpoint that is not quantised.",
            Assert.Throws<CheckpointFormatException>(() => checkpoint.Find("scale", 2)).Message);
    }

    [Fact]
    public void A_head_of_another_type_that_cannot_be_compared_is_named()
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        byte[] bytes = RawSafetensors.Bytes(
            """{"wte.weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"lm_head.weight":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[4,5]}}""", 5);
        File.WriteAllBytes(model.File("model.safetensors"), bytes);

        Assert.StartsWith(
            $"{model.File("model.safetensors")}: tensor 'lm_head.weight' has dtype F8_E4M3, which is not read; ", model.OpenError(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_transposed_matrix_is_recognised()
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        model.Write("model.safetensors", TensorData.FromSingles("transformer.h.0.mlp.c_fc.weight", [1, 2, 3, 4, 5, 6], 3, 2));

        using HuggingFaceCheckpoint checkpoint = model.Open();

        Assert.Equal(
            $"{model.File("model.safetensors")}: tensor 'transformer.h.0.mlp.c_fc.weight' has shape [3, 2] but the spec needs [2, 3]; it is transposed: "
            + "transformers keeps linear weights as [in, out] in GPT-2 and as [out, in] in OPT (nanoGPT has them as [out, in]); "
            + "transpose all linear weights of the blocks, square ones too, when converting.",
            Assert.Throws<CheckpointFormatException>(() => checkpoint.Find("transformer.h.0.mlp.c_fc.weight", 2, 3)).Message);
    }

    [Fact]
    public void A_bias_that_the_model_was_trained_without_is_told_from_a_misspelt_one()
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        model.Write("model.safetensors", TensorData.FromSingles("transformer.h.0.ln_1.weight", [1], 1));

        using HuggingFaceCheckpoint checkpoint = model.Open();

        Assert.Equal(
            $"{model.File("model.safetensors")}: there is no tensor 'transformer.h.0.ln_1.bias', though its weight is there: the model was trained without this bias "
            + "(in nanoGPT, with bias=False); add one of zeros when converting, which the inner training may then change.",
            Assert.Throws<CheckpointFormatException>(() => checkpoint.Find("transformer.h.0.ln_1.bias", 1)).Message);
        Assert.Equal(
            $"{model.File("model.safetensors")}: there is no tensor 'transformer.h.0.ln_2.bias'; did you mean 'transformer.h.0.ln_1.weight'?",
            Assert.Throws<CheckpointFormatException>(() => checkpoint.Find("transformer.h.0.ln_2.bias", 1)).Message);
    }

    [Fact]
    public void Shards_are_read_through_the_index()
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        WriteIndex(model, ("wte.weight", "model-1.safetensors"), ("wpe.weight", "model-2.safetensors"));
        model.Write("model-1.safetensors", TensorData.FromSingles("wte.weight", [1], 1), TensorData.FromSingles("wpe.weight", [-1], 1));
        model.Write("model-2.safetensors", TensorData.FromSingles("wpe.weight", [2], 1));

        using HuggingFaceCheckpoint checkpoint = model.Open();

        Assert.Equal([1f], checkpoint.Find("transformer.wte.weight", 1).ReadSingles());
        Assert.Equal([2f], checkpoint.Find("transformer.wpe.weight", 1).ReadSingles());
        Assert.Equal(
            $"{model.File("model.safetensors.index.json")}: there is no tensor 'x'; there are 'wte.weight', 'wpe.weight'.",
            Assert.Throws<CheckpointFormatException>(() => checkpoint.Find("x", 1)).Message);
    }

    [Fact]
    public void Missing_shards_are_named()
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        WriteIndex(model, ("a", "model-3.safetensors"), ("b", "model-1.safetensors"), ("c", "model-2.safetensors"));
        model.Write("model-1.safetensors", TensorData.FromSingles("b", [1], 1));

        Assert.Equal(
            $"{model.File("model.safetensors.index.json")}: shards are missing: 'model-2.safetensors', 'model-3.safetensors'; download them into {model.Path}.",
            model.OpenError());
    }

    [Fact]
    public void A_shard_without_a_promised_tensor_is_refused()
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        WriteIndex(model, ("a", "model-1.safetensors"), ("b", "model-1.safetensors"), ("c", "model-1.safetensors"));
        model.Write("model-1.safetensors", TensorData.FromSingles("b", [1], 1));

        Assert.Equal(
            $"{model.File("model-1.safetensors")}: the index model.safetensors.index.json promises tensors that are not here: 'a', 'c'; download index and shards of the same version.",
            model.OpenError());
    }

    [Theory]
    [InlineData("../model-1.safetensors", "../model-1.safetensors")]
    [InlineData("sub/model-1.safetensors", "sub/model-1.safetensors")]
    [InlineData("..\\model-1.safetensors", "..\\model-1.safetensors")]
    [InlineData("/etc/passwd", "/etc/passwd")]
    [InlineData("C:model", "C:model")]
    [InlineData("..", "..")]
    [InlineData("", "")]
    [InlineData("a\0b", "a\\u0000b")]
    public void A_shard_outside_the_directory_is_refused(string shard, string shown)
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        WriteIndex(model, ("a", shard));

        Assert.Equal(
            $"{model.File("model.safetensors.index.json")}: weight_map puts tensor 'a' into '{shown}', which is not a plain file name; shards must lie beside the index.",
            model.OpenError());
    }

    [Theory]
    [InlineData("{}", "there is no object 'weight_map'; download the file again.")]
    [InlineData("{\"weight_map\":[]}", "there is no object 'weight_map'; download the file again.")]
    [InlineData("{\"weight_map\":{\"a\":1}}", "weight_map gives no file name for tensor 'a'; download the file again.")]
    [InlineData("{\"weight_map\":{\"\\ud800\":\"b\"}}", "a text in this file is not valid Unicode; download the file again.")]
    [InlineData("{\"weight_map\":{\"a\":\"\\ud800\"}}", "a text in this file is not valid Unicode; download the file again.")]
    public void A_malformed_index_is_refused(string json, string message)
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        File.WriteAllText(model.File("model.safetensors.index.json"), json);

        Assert.Equal($"{model.File("model.safetensors.index.json")}: {message}", model.OpenError());
    }

    [Fact]
    public void An_index_with_a_tensor_name_that_is_not_valid_UTF8_is_refused()
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        File.WriteAllBytes(model.File("model.safetensors.index.json"), [.. "{\"weight_map\":{\"a"u8, 0xAE, .. "\":\"b\"}}"u8]);

        Assert.Equal($"{model.File("model.safetensors.index.json")}: a text in this file is not valid Unicode; download the file again.", model.OpenError());
    }

    [Fact]
    public void A_directory_without_weights_or_configuration_or_at_all_is_refused()
    {
        using ModelDirectory model = ModelDirectory.Gpt2();
        string absent = model.File("absent");

        Assert.Equal(
            $"{model.Path}: there is neither config.json nor model.safetensors nor pytorch_model.bin nor ckpt.pt; download the model into this directory.",
            Assert.Throws<CheckpointFormatException>(() => HuggingFaceCheckpoint.Open(model.Path, model.Auxiliary)).Message);
        Assert.Equal(
            $"{model.Path}: there is neither model.safetensors nor pytorch_model.bin nor ckpt.pt; download the model into this directory.", model.OpenError());
        Assert.Equal(
            $"{model.File("config.json")}: this is a file; name the directory that holds config.json and model.safetensors.",
            Assert.Throws<CheckpointFormatException>(() => HuggingFaceCheckpoint.Open(model.File("config.json"), model.Auxiliary)).Message);
        Assert.Equal(
            $"{absent}: the directory does not exist; check the path.",
            Assert.Throws<CheckpointFormatException>(() => HuggingFaceCheckpoint.Open(absent, model.Auxiliary)).Message);
    }

    private static void WriteIndex(ModelDirectory model, params (string Tensor, string Shard)[] entries) => WriteIndex(model, entries, []);

    private static void WriteIndex(ModelDirectory model, (string Tensor, string Shard)[] entries, Dictionary<string, string> metadata)
    {
        JsonObject map = [];
        foreach ((string tensor, string shard) in entries)
            map[tensor] = shard;
        JsonObject texts = new() { ["total_size"] = 8 };
        foreach ((string name, string text) in metadata)
            texts[name] = text;
        File.WriteAllText(model.File("model.safetensors.index.json"), new JsonObject { ["metadata"] = texts, ["weight_map"] = map }.ToJsonString());
    }
}
