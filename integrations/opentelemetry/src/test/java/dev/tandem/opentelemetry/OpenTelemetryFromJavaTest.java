package dev.tandem.opentelemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.platform.ContextCarrier;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OpenTelemetryFromJavaTest {
    private static final AttributeKey<String> ANSWER = AttributeKey.stringKey("gen_ai.output.messages");

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .build();

    @Test
    void callsAreSpansWithWhatIsSaidWhereThatIsWanted() throws Exception {
        try (FakeServer server = FakeServer.start();
                JavaAiClient ai = JavaAiClient.builder(OpenAi.compatible(server.getUrl(), "sk-test"))
                        .model("fake-1")
                        .listener(
                                OpenTelemetryListener.builder(sdk).content(true).build())
                        .build()) {
            server.enqueue(OpenAiReplies.chat("It is well"), OpenAiReplies.chat("Still"));
            ai.blocking().generate("Is all well?");
            ai.async().generate("And now?").get();
        }
        List<SpanData> spans = exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getKind() == SpanKind.CLIENT)
                .collect(Collectors.toList());
        assertEquals(
                List.of("chat fake-1", "chat fake-1"),
                spans.stream().map(SpanData::getName).collect(Collectors.toList()));
        String answer = spans.get(0).getAttributes().get(ANSWER);
        assertTrue(answer != null && answer.contains("It is well"), () -> "the answer is " + answer);
    }

    @Test
    void theCarrierIsFoundByItself() throws Exception {
        ContextKey<String> key = ContextKey.named("carried");
        ContextCarrier carrier =
                ServiceLoader.load(ContextCarrier.class).findFirst().orElseThrow();
        ContextCarrier.Captured captured = Context.current()
                .with(key, "mine")
                .wrapSupplier(carrier::capture)
                .get();
        AutoCloseable entered = captured.enter();
        assertEquals("mine", Context.current().get(key));
        entered.close();
        assertNull(Context.current().get(key));
    }
}
