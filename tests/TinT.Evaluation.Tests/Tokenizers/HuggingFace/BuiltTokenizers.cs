namespace TinT.Evaluation.Tests.Tokenizers.HuggingFace;

/// <summary>A tokenizer for every feature that is supported, by what it has.</summary>
internal static class BuiltTokenizers
{
    public const string Cl100k = @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private const string AddPrefix = "add_prefix_space", Regex = "use_regex";

    private static readonly string plainBytes = ByteLevel(prefix: false, regex: false);

    public static IReadOnlyDictionary<string, BuiltTokenizer> All { get; } = new SortedDictionary<string, BuiltTokenizer>(
        Normalizers().Concat(PreTokenizers())
            .Concat(Behaviors()).Concat(Models()).Concat(AddedTokens()).Concat(PostProcessors()).Concat(Decoders()).ToDictionary(StringComparer.Ordinal),
        StringComparer.Ordinal);

    private static IEnumerable<KeyValuePair<string, BuiltTokenizer>> Normalizers() => Rows(
        (string normalizer) => new BuiltTokenizer { Model = BuiltTokenizer.Bytes(), PreTokenizer = plainBytes, Normalizer = normalizer },
        ("normalizer NFC", """{"type":"NFC"}"""),
        ("normalizer NFD", """{"type":"NFD"}"""),
        ("normalizer NFKC", """{"type":"NFKC"}"""),
        ("normalizer NFKD", """{"type":"NFKD"}"""),
        ("normalizer Lowercase", """{"type":"Lowercase"}"""),
        ("normalizer Strip", """{"type":"Strip","strip_left":true,"strip_right":true}"""),
        ("normalizer Strip left", """{"type":"Strip","strip_left":true,"strip_right":false}"""),
        ("normalizer Strip right", """{"type":"Strip","strip_left":false,"strip_right":true}"""),
        ("normalizer StripAccents", """{"type":"StripAccents"}"""),
        ("normalizer Prepend", """{"type":"Prepend","prepend":"▁"}"""),
        ("normalizer Replace text", """{"type":"Replace","pattern":{"String":"a "},"content":"▁"}"""),
        ("normalizer Replace expression", """{"type":"Replace","pattern":{"Regex":" {2,}|\\d+"},"content":"#"}"""),
        ("normalizer Sequence", """{"type":"Sequence","normalizers":[{"type":"NFD"},{"type":"Lowercase"},{"type":"StripAccents"},{"type":"Prepend","prepend":"▁"},{"type":"Replace","pattern":{"String":" "},"content":"▁"}]}"""));

    private static IEnumerable<KeyValuePair<string, BuiltTokenizer>> PreTokenizers() =>
    [
        .. Rows(
            (string preTokenizer) => new BuiltTokenizer { Model = BuiltTokenizer.Bytes(), PreTokenizer = preTokenizer },
            ("ByteLevel", ByteLevel(prefix: false, regex: true)),
            ("ByteLevel with a space before", ByteLevel(prefix: true, regex: true)),
            ("ByteLevel without cuts", plainBytes),
            ("ByteLevel of old files", """{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true}"""),
            ("GPT-2 by an expression", Sequence(Split(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"), plainBytes)),
            ("LLaMA 3", Sequence(Split(Cl100k), plainBytes)),
            ("Qwen2", Sequence(Split(Cl100k.Replace("{1,3}", "", StringComparison.Ordinal)), plainBytes)),
            ("cl100k", Sequence(
                Split(@"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+"), plainBytes)),
            ("o200k", Sequence(Split(@"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"), plainBytes)),
            ("DeepSeek", Sequence(Split(@"\p{N}{1,3}"), Split("[一-龥\u3040-ゟ゠-ヿ]+"), Split("[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\r\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\r\n]*|\\s*[\r\n]+|\\s+(?!\\S)|\\s+"), plainBytes)),
            ("BLOOM", Sequence(Split(@" ?[^(\s|[.,!?…。，、।۔،])]+"), plainBytes)),
            ("Falcon", Sequence("""{"type":"Punctuation","behavior":"Contiguous"}""", ByteLevel(prefix: false, regex: true), """{"type":"Digits","individual_digits":false}""", Split("[0-9][0-9][0-9]"))),
            ("StarCoder", Sequence("""{"type":"Digits","individual_digits":true}""", ByteLevel(prefix: false, regex: true))),
            ("expression with assertions", Sequence(Split(@"(?<=a)1|(?<!Z)!|Z(?=1)|^\n|\w+$|\A |[[a-c]1]+?"), plainBytes)),
            ("expression with words", Sequence(Split(@"\w+|\W"), plainBytes)),
            ("expression with digits and hexadecimals", Sequence(Split(@"\d{2,}|\h+\x{41}|\H{3}|\D"), plainBytes)),
            ("expression with possessive and lazy quantifiers", Sequence(Split(@"a++1|(?>Z*)!|\s{2,}?|(?:1|Z){1,2}+'|.?\n"), plainBytes)),
            ("expression with properties", Sequence(Split(@"\p{^L}\P{N}|[\p{Lu}\P{L}]{2}|\p{Letter}+\p{M}*"), plainBytes))),
        .. Rows(
            (string preTokenizer) => new BuiltTokenizer { Model = BuiltTokenizer.Characters("\"unk_token\":\"<unk>\",\"byte_fallback\":true"), PreTokenizer = preTokenizer },
            ("Digits", """{"type":"Digits","individual_digits":false}"""),
            ("Digits one by one", """{"type":"Digits","individual_digits":true}"""),
            ("Whitespace", """{"type":"Whitespace"}"""),
            ("WhitespaceSplit", """{"type":"WhitespaceSplit"}"""),
            ("Punctuation", """{"type":"Punctuation"}"""),
            ("Metaspace", """{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true}"""),
            ("Metaspace first", """{"type":"Metaspace","replacement":"▁","prepend_scheme":"first","split":true}"""),
            ("Metaspace never", """{"type":"Metaspace","replacement":"▁","prepend_scheme":"never","split":true}"""),
            ("Metaspace without cuts", """{"type":"Metaspace","replacement":"▁","prepend_scheme":"first","split":false}"""),
            ("Metaspace of old files", """{"type":"Metaspace","replacement":"▁","add_prefix_space":true,"str_rep":"▁"}"""),
            ("Metaspace after others", Sequence(
                """{"type":"WhitespaceSplit"}""", """{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true}""")),
            ("Metaspace first after others", Sequence(
                """{"type":"Digits","individual_digits":true}""", """{"type":"Metaspace","replacement":"▁","prepend_scheme":"first","split":true}"""))),
    ];

    private static IEnumerable<KeyValuePair<string, BuiltTokenizer>> Behaviors() =>
        from behavior in (string[])["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"]
        from invert in (bool[])[false, true]
        from pattern in (string[])["""{"String":" "}""", """{"Regex":"[0-9]|'"}"""]
        let split = $$"""{"type":"Split","pattern":{{pattern}},"behavior":"{{behavior}}","invert":{{(invert ? "true" : "false")}}}"""
        select KeyValuePair.Create(
            $"Split {behavior}{(invert ? " inverted" : "")} {pattern}", new BuiltTokenizer { Model = BuiltTokenizer.Bytes(), PreTokenizer = Sequence(split, plainBytes) });

    private static IEnumerable<KeyValuePair<string, BuiltTokenizer>> Models() =>
    [
        .. Rows(
            (string model) => new BuiltTokenizer { Model = model },
            ("BPE that leaves out unknown characters", BuiltTokenizer.Characters("\"unk_token\":null")),
            ("BPE with an unknown token", BuiltTokenizer.Characters("\"unk_token\":\"<unk>\"")),
            ("BPE that fuses unknown tokens", BuiltTokenizer.Characters("\"unk_token\":\"<unk>\",\"fuse_unk\":true")),
            ("BPE with bytes", BuiltTokenizer.Characters("\"unk_token\":\"<unk>\",\"fuse_unk\":true,\"byte_fallback\":true")),
            ("BPE without the bytes that it falls back to", BuiltTokenizer.Characters(
                "\"unk_token\":\"<unk>\",\"fuse_unk\":true,\"byte_fallback\":true", hasBytes: false)),
            ("BPE that ignores merges", BuiltTokenizer.Characters("\"unk_token\":\"<unk>\",\"ignore_merges\":true")),
            ("BPE with merges as texts", LegacyMerges),
            ("Unigram", BuiltTokenizer.Unigram(fallsBackToBytes: false)),
            ("Unigram with bytes", BuiltTokenizer.Unigram(fallsBackToBytes: true))),
        .. Rows(
            (string preTokenizer) => new BuiltTokenizer { Model = BuiltTokenizer.Unigram(fallsBackToBytes: true), PreTokenizer = preTokenizer },
            ("Unigram with Metaspace", """{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true}""")),
        .. Rows(
            (string model) => new BuiltTokenizer { Model = model, PreTokenizer = ByteLevel(prefix: false, regex: true) },
            ("byte-level BPE that ignores merges", BuiltTokenizer.Bytes("\"unk_token\":null,\"ignore_merges\":true"))),
    ];

    private const string LegacyMerges = """
        {"type":"BPE","unk_token":"<unk>","vocab":{"<unk>":0,"t":1,"h":2,"e":3,"th":4,"the":5," ":6,"a":7,"ea":8},"merges":["#version: 0.2","t h","th e","e a"]}
        """;

    private static IEnumerable<KeyValuePair<string, BuiltTokenizer>> AddedTokens() =>
        from flags in (string[])["", "lstrip", "rstrip", "lstrip rstrip", "single_word", "single_word lstrip"]
        from normalized in (bool[])[false, true]
        from special in (bool[])[false, true]
        select KeyValuePair.Create(
            $"added tokens {flags}{(normalized ? " normalized" : "")}{(special ? " special" : "")}",
            new BuiltTokenizer
            {
                Model = BuiltTokenizer.Bytes(),
                PreTokenizer = ByteLevel(prefix: true, regex: true),
                Normalizer = """{"type":"Lowercase"}""",
                AddedTokens = Added(flags, normalized, special, "<A>", "<a><b>", "<b>", "the", "th", "  "),
            });

    private static IEnumerable<KeyValuePair<string, BuiltTokenizer>> PostProcessors() => Rows(
        (string processor) => new BuiltTokenizer { Model = BuiltTokenizer.Bytes(), PreTokenizer = ByteLevel(prefix: false, regex: true), PostProcessor = processor },
        ("ByteLevel after the model", ByteLevel(prefix: true, regex: true)),
        ("TemplateProcessing", Template),
        ("RobertaProcessing", """{"type":"RobertaProcessing","sep":["a",7],"cls":["b",9],"trim_offsets":true,"add_prefix_space":false}"""),
        ("BertProcessing", """{"type":"BertProcessing","sep":["a",7],"cls":["b",9]}"""),
        ("processors in sequence", $$"""{"type":"Sequence","processors":[{{ByteLevel(prefix: true, regex: true)}},{{Template}}]}"""));

    private const string Template = """
        {"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>","type_id":0}},{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"</s>","type_id":0}}],
        "pair":[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":1}}],
        "special_tokens":{"<s>":{"id":"<s>","ids":[3,4],"tokens":["x","y"]},"</s>":{"id":"</s>","ids":[5],"tokens":["z"]}}}
        """;

    private static IEnumerable<KeyValuePair<string, BuiltTokenizer>> Decoders() =>
    [
        .. Rows(
            (string decoder) => new BuiltTokenizer
            {
                Model = BuiltTokenizer.Characters("\"unk_token\":\"<unk>\",\"fuse_unk\":true,\"byte_fallback\":true"),
                Normalizer = """{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"▁"},{"type":"Replace","pattern":{"String":" "},"content":"▁"}]}""",
                Decoder = decoder,
                AddedTokens = Added("", normalized: false, special: true, "<unk>", "<s>"),
            },
            ("decoders of LLaMA 2", """{"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"▁"},"content":" "},{"type":"ByteFallback"},{"type":"Fuse"},{"type":"Strip","content":" ","start":1,"stop":0}]}"""),
            ("decoder Metaspace", """{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true}"""),
            ("decoder Metaspace never", """{"type":"Metaspace","replacement":"▁","prepend_scheme":"never","split":true}"""),
            ("decoder Replace expression", """{"type":"Replace","pattern":{"Regex":"▁+|[0-9]"},"content":"_"}"""),
            ("decoder Fuse", """{"type":"Fuse"}"""),
            ("decoder ByteFallback", """{"type":"ByteFallback"}""")),
        .. Rows(
            (string decoder) => new BuiltTokenizer { Model = BuiltTokenizer.Bytes(), PreTokenizer = ByteLevel(prefix: false, regex: true), Decoder = decoder },
            ("decoder ByteLevel", ByteLevel(prefix: true, regex: true))),
    ];

    private static IEnumerable<KeyValuePair<string, BuiltTokenizer>> Rows(
        Func<string, BuiltTokenizer> build, params IEnumerable<(string Name, string Row)> rows) =>
        rows.Select(row => KeyValuePair.Create(row.Name, build(row.Row)));

    private static BuiltToken[] Added(string flags, bool normalized, bool special, params string[] contents) =>
        [.. contents.Select(content => new BuiltToken(content, flags, normalized, special))];

    private static string ByteLevel(bool prefix, bool regex) =>
        $$"""{"type":"ByteLevel","{{AddPrefix}}":{{Json(prefix)}},"trim_offsets":true,"{{Regex}}":{{Json(regex)}}}""";

    private static string Split(string regex) =>
        $$"""{"type":"Split","pattern":{"Regex":{{System.Text.Json.JsonSerializer.Serialize(regex)}}},"behavior":"Isolated","invert":false}""";

    private static string Sequence(params string[] preTokenizers) => $$"""{"type":"Sequence","pretokenizers":[{{string.Join(',', preTokenizers)}}]}""";

    private static string Json(bool flag) => flag ? "true" : "false";
}
