package dev.tandem.bench.server;

/** The events of a streamed chat completion, as OpenAI writes them. */
final class Chunks {
    static final String ID = "chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT";
    static final String MODEL = "gpt-4o-mini-2024-07-18";
    static final String FINGERPRINT = "fp_44709d6fcb";
    static final long CREATED = 1_741_569_952L;

    static final byte[] DONE = Bytes.of("data: [DONE]\n\n");

    private static final String BEGIN = """
            data: {"id":"%s","object":"chat.completion.chunk","created":%d,"model":"%s","service_tier":"default",\
            "system_fingerprint":"%s","choices":[""".formatted(ID, CREATED, MODEL, FINGERPRINT);

    private Chunks() {}

    static byte[] role() {
        return event(choice("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null"), "");
    }

    /** {@code json} is the text between the quotes of its JSON. */
    static byte[] delta(String json) {
        return delta(json, "");
    }

    static byte[] delta(String json, String moreMembers) {
        return event(choice("{\"content\":\"" + json + "\"}", "null"), moreMembers);
    }

    static byte[] finish() {
        return event(choice("{}", "\"stop\""), "");
    }

    static byte[] usage() {
        return event("", ",\"usage\":{\"prompt_tokens\":14,\"completion_tokens\":52,\"total_tokens\":66}");
    }

    private static String choice(String delta, String finishReason) {
        return "{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":" + finishReason + "}";
    }

    private static byte[] event(String choices, String moreMembers) {
        return Bytes.of(BEGIN + choices + "]" + moreMembers + "}\n\n");
    }
}
