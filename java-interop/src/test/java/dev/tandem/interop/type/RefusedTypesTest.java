package dev.tandem.interop.type;

import static dev.tandem.interop.type.Json.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.interop.annotation.Param;
import java.lang.reflect.Field;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be said in JSON is refused before anything is sent, with the way to it. */
class RefusedTypesTest {
    record City(Mayor mayor) {}

    record Mayor(Map<City, String> contacts) {}

    record Money(List<Currency> currencies) {}

    interface Animal {}

    record Zoo(Animal animal) {}

    record Box<T>(T content) {}

    record Boxes(@SuppressWarnings("rawtypes") Box box) {}

    record RawList(@SuppressWarnings("rawtypes") List list) {}

    record Node<T>(Box<Node<List<T>>> next) {}

    record Optionally(@Param(required = false) int count) {}

    record BadDefault(@Param(defaultValue = "many") int count) {}

    record Twins(@Param(name = "a") int one, int a) {}

    static class Nothing {}

    static class Two {
        Two(int a) {}

        Two(String b) {}
    }

    @SuppressWarnings("ClassCanBeStatic")
    class Inner {}

    sealed interface Kind {}

    enum One implements Kind {
        ONLY
    }

    sealed interface Wrapped {}

    record Wrapper<T>(T value) implements Wrapped {}

    enum Empty {}

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(
                        City.class,
                        "City.mayor.contacts: the keys of a map are text in JSON, but a City is no text, number, enum, date or"
                                + " time: use a list of pairs"),
                Arguments.of(Money.class, "Money.currencies: it is not known how a java.util.Currency looks as JSON"),
                Arguments.of(Thread.class, "Thread: it is not known how a java.lang.Thread looks"),
                Arguments.of(void.class, "void: it is not known how a void looks"),
                Arguments.of(Zoo.class, "Zoo.animal: Animal is abstract and not sealed"),
                Arguments.of(Boxes.class, "Boxes.box.content: it is open what T stands for"),
                Arguments.of(RawList.class, "RawList.list: it is open what E of List stands for"),
                Arguments.of(Box.class, "Box.content: it is open what T stands for"),
                Arguments.of(Optionally.class, "Optionally.count: it may be left out, but what holds then?"),
                Arguments.of(
                        BadDefault.class,
                        "BadDefault.count: its default 'many' is none: $: must be an integer from -2147483648"),
                Arguments.of(Twins.class, "Twins: two members are named 'a'"),
                Arguments.of(Nothing.class, "Nothing: Nothing has nothing to fill"),
                Arguments.of(Two.class, "Two: Two has 2 constructors, and none without parameters"),
                Arguments.of(Inner.class, "Inner: Inner is an inner class: make it static"),
                Arguments.of(Kind.class, "One: the classes of the sealed Kind must be records or classes"),
                Arguments.of(Wrapped.class, "Wrapper: it is open what T of Wrapper stands for"),
                Arguments.of(Empty.class, "Empty: Empty has no constants"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(Class<?> type, String message) {
        String said = refusal(() -> JavaTypes.of(type));
        assertTrue(said.startsWith(message), said);
    }

    @Test
    void whatGrowsForEverEnds() {
        String said = refusal(() -> new TypeRef<Node<String>>() {});
        assertTrue(said.startsWith("Node<String>.next.content.next."), said);
        assertTrue(said.endsWith("its type arguments grow for ever"), said);
    }

    public static class Settable {
        public String name = fail();

        private static String fail() {
            throw new IllegalStateException("not today");
        }
    }

    @Test
    void aConstructorThatFailsIsTold() {
        assertEquals(
                "Settable: Settable() failed: java.lang.IllegalStateException: not today",
                refusal(() -> JavaTypes.of(Settable.class)));
    }

    @Test
    void aTypeRefNeedsItsArguments() {
        assertTrue(refusal(Forgotten::new).contains("angle brackets"));
    }

    @SuppressWarnings("rawtypes")
    private static final class Forgotten extends TypeRef {}

    @Test
    void whatAModuleKeepsForItselfIsToldWithTheRemedy() throws Exception {
        Field field = String.class.getDeclaredField("hash");
        String said = refusal(() -> Property.reached(field));
        assertTrue(said.startsWith("it cannot be reached: have the module open its package"), said);
    }
}
