package dev.tandem.interop.type;

import static dev.tandem.interop.type.Json.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.interop.annotation.Name;
import dev.tandem.interop.annotation.Param;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Year;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import kotlinx.serialization.json.JsonArray;
import kotlinx.serialization.json.JsonElement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WrittenTest {
    enum Mood {
        @Name("happy")
        HAPPY
    }

    record Person(
            String name,
            @Param(name = "born_in") Year born,
            @Nullable Person friend,
            Mood mood) {
        public String getGreeting() {
            return "not a component";
        }
    }

    public static class Bean {
        private final String text = "a \"quoted\" text";
        public int open = 1;
        private transient String hidden = "no";

        public String getText() {
            return text;
        }

        public boolean isGood() {
            return true;
        }

        public String getHidden() {
            return hidden;
        }
    }

    sealed interface Form {}

    record Circle(double radius) implements Form {}

    private static void is(String json, @Nullable Object value) {
        assertEquals(json.replace('\'', '"'), JavaTypes.toJson(value));
    }

    @Test
    void plainValues() {
        is("null", null);
        is("'text'", "text");
        is("'c'", 'c');
        is("[1,2.5,true,1E+3]", List.of(1, 2.5, true, new BigDecimal("1E+3")));
        is("['NaN']", new double[] {Double.NaN});
        is("[[1],[2,3]]", new int[][] {{1}, {2, 3}});
        is("{'1':['a',null]}", Map.of(1, Arrays.asList("a", null)));
        is("{'happy':1}", new TreeMap<>(Map.of(Mood.HAPPY, 1)));
        is("[null,'x',null,7]", List.of(Optional.empty(), Optional.of("x"), OptionalInt.empty(), OptionalInt.of(7)));
    }

    @Test
    void whatIsWrittenAsText() {
        is("'2026-01-31T12:30:00Z'", OffsetDateTime.parse("2026-01-31T12:30Z"));
        is("'PT1M'", Duration.ofMinutes(1));
        is("2026", Year.of(2026));
        is("'EUR'", Currency.getInstance("EUR"));
        is("'a/b'", Path.of("a", "b"));
    }

    @Test
    void recordsAndBeans() {
        Person friend = new Person("Bo", Year.of(1999), null, Mood.HAPPY);
        is(
                "{'name':'Al','born_in':2000,'friend':"
                        + "{'name':'Bo','born_in':1999,'friend':null,'mood':'happy'},'mood':'happy'}",
                new Person("Al", Year.of(2000), friend, Mood.HAPPY));
        assertEquals("{\"text\":\"a \\\"quoted\\\" text\",\"open\":1,\"good\":true}", JavaTypes.toJson(new Bean()));
    }

    @Test
    void oneOfASealedTypeSaysWhichItIs() {
        is("[{'type':'Circle','radius':1.0}]", List.of(new Circle(1)));
    }

    @Test
    void whatHasNothingToShowIsRefused() {
        for (Object value : List.of(new Object(), Stream.of(1), (Runnable) () -> {})) {
            String said = refusal(() -> JavaTypes.toJson(value));
            assertTrue(said.contains("has nothing to show as JSON"), said);
        }
    }

    record Task(String name, Object work) {}

    @Test
    void whatOnlyJavaKnowsIsRefusedWithItsPlace() {
        Map<Object, String> said = Map.of(
                new CompletableFuture<>(),
                "java.util.concurrent.CompletableFuture",
                new AtomicReference<>("x"),
                "java.util.concurrent.atomic.AtomicReference",
                new IllegalStateException(),
                "java.lang.IllegalStateException",
                TimeZone.getTimeZone("UTC"),
                "sun.util.calendar.ZoneInfo");
        said.forEach((value, name) -> assertEquals(
                "$[1].work: a " + name + " has nothing to show as JSON: give its text, or the value that it stands for",
                refusal(() -> JavaTypes.toJson(List.of(1, new Task("x", value))))));
        assertEquals(
                "$.a.work[0][0]: a java.lang.Object has nothing to show as JSON: give its text, or the value that it"
                        + " stands for",
                refusal(() -> JavaTypes.toJson(Map.of(
                        "a", new Task("x", new Object[] {Optional.of(List.of(new Object()))})))));
    }

    @Test
    void theDatesOfOldAreTheirInstant() {
        is("'2026-01-31T12:30:00Z'", Date.from(Instant.parse("2026-01-31T12:30:00Z")));
        is("{'day':'1970-01-01T00:00:00.005Z'}", Map.of("day", new java.sql.Timestamp(5)));
        is("['1970-01-01T00:00:00Z']", List.of(new java.sql.Date(0)));
        Calendar calendar = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
        calendar.setTimeInMillis(1000);
        is("'1970-01-01T00:00:01Z'", calendar);
    }

    @Test
    void whatContainsItselfIsRefused() {
        List<Object> list = new ArrayList<>();
        list.add(List.of(1, list));
        assertEquals("$[0][1]: is a value within itself, which JSON cannot say", refusal(() -> JavaTypes.toJson(list)));
    }

    @Test
    void theSameValueTwiceIsNotWithinItself() {
        Circle circle = new Circle(1);
        String json = "{'type':'Circle','radius':1.0}";
        is("[" + json + "," + json + "]", List.of(circle, circle));
    }

    private static Object nested(int depth) {
        Object value = 1;
        for (int i = 0; i < depth; i++) value = List.of(value);
        return value;
    }

    public static class Endless {
        public Endless getNext() {
            return new Endless();
        }
    }

    @Test
    void howDeepAValueMayBe() throws Exception {
        AtomicReference<String> said = new AtomicReference<>();
        Thread usual = new Thread(null, () -> said.set(JavaTypes.toJson(nested(500))), "usual", 1024 * 1024);
        usual.start();
        usual.join();
        assertEquals("[".repeat(500) + 1 + "]".repeat(500), said.get());
        for (Object value : List.of(nested(501), new Endless())) {
            String refusal = refusal(() -> JavaTypes.toJson(value));
            assertTrue(
                    refusal.endsWith("is deeper than 500 levels: does a getter make a new object each time?"), refusal);
        }
        JsonElement deep = new JsonArray(List.of());
        for (int i = 0; i < 1_000_000; i++) deep = new JsonArray(List.of(deep));
        JsonElement json = deep;
        assertEquals("$: is nested too deep to be written", refusal(() -> JavaTypes.toJson(json)));
    }
}
