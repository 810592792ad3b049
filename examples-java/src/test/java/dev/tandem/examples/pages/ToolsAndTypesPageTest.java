package dev.tandem.examples.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.interop.Approvals;
import dev.tandem.interop.BlockingStream;
import dev.tandem.interop.CallOptions;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaTools;
import dev.tandem.interop.annotation.Param;
import dev.tandem.interop.annotation.Tool;
import dev.tandem.interop.type.TypeRef;
import dev.tandem.model.Options;
import dev.tandem.structured.ObjectEvent;
import dev.tandem.testing.script.ScriptedModel;
import dev.tandem.testing.script.ScriptedReply;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The Java of docs/tools-and-types.md that no recipe has. */
class ToolsAndTypesPageTest {
    private static final AtomicInteger REFUNDS = new AtomicInteger();

    public record Person(String name, int age, String city) {}

    public static final class Orders {
        @Tool("Gives the money back")
        public String refund(@Param("The order's number") int order) {
            return "refunded " + order + ", number " + REFUNDS.incrementAndGet();
        }
    }

    @Test
    void aPersonIsAskedFirst() {
        ScriptedModel model = ScriptedModel.saying(
                ScriptedReply.toolCall("refund", "{\"order\": 7}"), ScriptedReply.text("A colleague will call."));
        Options careful = CallOptions.builder()
                .tools(JavaTools.from(new Orders()))
                .toolPolicy(p -> p.maxRounds(5)
                        .timeoutMillis(10_000)
                        .approval(Approvals.of(call -> call.getName().equals("refund") ? "Ask a person first." : null)))
                .build();
        try (JavaAiClient ai = JavaAiClient.builder(model).build()) {
            assertEquals("A colleague will call.", ai.blocking().generate("Money back!", careful));
        }
        assertEquals(0, REFUNDS.get());
        assertTrue(model.getRequests().get(1).getMessages().toString().contains("Ask a person first."));
    }

    @Test
    void anObjectGrows() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        ScriptedModel model =
                ScriptedModel.saying(ScriptedReply.pieces("{\"name\":\"An", "na\",\"age\":31,\"city\":\"Os", "lo\"}"));
        try (JavaAiClient ai = JavaAiClient.builder(model).build()) {
            try (BlockingStream<ObjectEvent<Person>> stream =
                    ai.blocking().streamObject("Anna, 31, of Oslo", Person.class)) {
                for (ObjectEvent<Person> event : stream) out.println(event.getJson());
            }
        }
        List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
        assertTrue(lines.contains("{\"name\":\"An\"}"), lines.toString());
        assertEquals("{\"name\":\"Anna\",\"age\":31,\"city\":\"Oslo\"}", lines.get(lines.size() - 1));
    }

    @Test
    void typesWithArgumentsHaveANameToo() {
        ScriptedModel model = ScriptedModel.saying("[{\"name\":\"Anna\",\"age\":31,\"city\":\"Oslo\"}]");
        try (JavaAiClient ai = JavaAiClient.builder(model).build()) {
            List<Person> people = ai.blocking().extract("Anna, 31, of Oslo", new TypeRef<List<Person>>() {});
            assertEquals(List.of(new Person("Anna", 31, "Oslo")), people);
        }
    }
}
