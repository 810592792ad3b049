package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.failureOf;
import static dev.tandem.interop.Fixtures.get;
import static dev.tandem.interop.Fixtures.listOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.error.StructuredOutputException;
import dev.tandem.interop.type.TypeRef;
import dev.tandem.model.ChatRequest;
import dev.tandem.model.Options;
import dev.tandem.structured.Extracted;
import dev.tandem.structured.ObjectEvent;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Answers as records, as a user of Java asks for them. */
class ExtractTest {
    private static final Options COOL = CallOptions.builder().temperature(0.0).build();
    private static final City LISBON = new City("Lisbon", 545_000);
    private static final String JSON = "{\"name\":\"Lisbon\",\"people\":545000}";

    record City(String name, int people) {
        City {
            if (people < 0) throw new IllegalArgumentException("nobody can count " + people + " people");
        }
    }

    @RegisterExtension
    final Scene scene = new Scene();

    private final FakeServer server = scene.server;
    private final JavaAiClient ai = scene.ai;

    @Test
    void aClassIsEnoughInEveryStyle() throws Exception {
        server.always(OpenAiReplies.chat(JSON));
        ChatRequest request = ChatRequest.of("Lisbon?");
        assertEquals(LISBON, ai.blocking().extract("Lisbon?", City.class));
        assertEquals(LISBON, ai.blocking().extract("Lisbon?", City.class, COOL));
        assertEquals(LISBON, ai.blocking().extract(request, City.class));
        assertEquals(LISBON, get(ai.async().extract("Lisbon?", City.class)));
        assertEquals(LISBON, get(ai.async().extract("Lisbon?", City.class, COOL)));
        assertEquals(LISBON, get(ai.async().extract(request, City.class)));
        assertEquals(
                LISBON,
                Collected.all(ai.reactive().extract("Lisbon?", City.class)).first());
        assertEquals(
                LISBON,
                Collected.all(ai.reactive().extract("Lisbon?", City.class, COOL))
                        .first());
        assertEquals(
                LISBON,
                Collected.all(ai.reactive().extract(request, City.class)).first());
        String sent = server.getRequests().get(0).getBody();
        assertTrue(sent.contains("\"json_schema\"") && sent.contains("\"people\":{\"type\":\"integer\"}"), sent);
    }

    @Test
    void typesWithArgumentsByARef() throws Exception {
        server.always(OpenAiReplies.chat("{\"value\":[" + JSON + "]}"));
        assertEquals(List.of(LISBON), ai.blocking().extract("Cities?", new TypeRef<List<City>>() {}));
        assertEquals(List.of(LISBON), get(ai.async().extract("Cities?", new TypeRef<List<City>>() {})));
    }

    @Test
    void theWholeTellsOfRepairs() throws Exception {
        server.enqueue(
                OpenAiReplies.chat("{\"name\":\"Lisbon\",\"people\":\"many\"}"),
                OpenAiReplies.chat("{\"name\":\"Lisbon\",\"people\":-1}"),
                OpenAiReplies.chat(JSON));
        Extracted<City> whole = ai.blocking().extractWhole(ChatRequest.of("Lisbon?"), City.class);
        assertEquals(LISBON, whole.getValue());
        assertEquals(2, whole.getRepairs());
        assertTrue(server.getRequests().get(2).getBody().contains("nobody can count -1 people"));
        server.always(OpenAiReplies.chat(JSON));
        assertEquals(
                LISBON,
                get(ai.async().extractWhole(ChatRequest.of("Lisbon?"), City.class))
                        .getValue());
        assertEquals(
                LISBON,
                Collected.all(ai.reactive().extractWhole(ChatRequest.of("Lisbon?"), City.class))
                        .first()
                        .getValue());
    }

    @Test
    void whatStaysWrongFails() {
        server.always(OpenAiReplies.chat("{\"name\":\"Lisbon\"}"));
        StructuredOutputException failure = assertInstanceOf(
                StructuredOutputException.class, failureOf(() -> ai.blocking().extract("Lisbon?", City.class)));
        assertTrue(String.valueOf(failure.getMessage()).contains("people"), failure.getMessage());
    }

    @Test
    void objectsWhileTheyAreMade() throws Exception {
        server.always(OpenAiReplies.stream("{\"name\":\"Lis", "bon\",\"people\":", "545000}"));
        List<ObjectEvent<City>> async = new ArrayList<>();
        get(ai.async().streamObject("Lisbon?", City.class, async::add));
        List<List<ObjectEvent<City>>> all = List.of(
                async,
                listOf(ai.blocking().streamObject("Lisbon?", City.class)),
                listOf(ai.blocking().streamObject("Lisbon?", City.class, COOL)),
                Collected.all(ai.reactive().streamObject(ChatRequest.of("Lisbon?"), City.class))
                        .toList());
        for (List<ObjectEvent<City>> events : all) {
            assertTrue(events.get(0).toString().contains("Lis"), events.toString());
            assertEquals(LISBON, events.get(events.size() - 1).getValue());
        }
    }

    @Test
    void aClassThatCannotBeIsRefusedBeforeAnythingIsSent() {
        assertThrows(IllegalArgumentException.class, () -> ai.blocking().extract("Hi", Thread.class));
        assertThrows(IllegalArgumentException.class, () -> ai.async().extract("Hi", Thread.class));
        assertThrows(IllegalArgumentException.class, () -> ai.reactive().extract("Hi", Thread.class));
        assertEquals(0, server.getRequests().size());
    }
}
