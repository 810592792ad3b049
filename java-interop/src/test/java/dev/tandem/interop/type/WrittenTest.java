package dev.tandem.interop.type;

import static dev.tandem.interop.type.Json.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.interop.annotation.Name;
import dev.tandem.interop.annotation.Param;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.Year;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
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

    @Test
    void whatContainsItselfIsRefused() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        assertEquals("a value deeper than 100 levels: it contains itself", refusal(() -> JavaTypes.toJson(list)));
    }
}
