package dev.tandem.interop;

import static dev.tandem.interop.ToolScene.named;
import static dev.tandem.interop.ToolScene.resultOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.interop.annotation.Description;
import dev.tandem.interop.annotation.Param;
import dev.tandem.interop.annotation.Tool;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AnnotatedToolsTest {
    @RegisterExtension
    final Scene scene = new Scene();

    enum Unit {
        CELSIUS,
        FAHRENHEIT
    }

    @Description("Where it is")
    record Place(String city, @Nullable String country) {}

    interface Greeting<T> {
        @Tool("Greets somebody")
        default String greet(T whom) {
            return "Hello, " + whom;
        }
    }

    static class Base {
        @Tool("Tells the time")
        String time() {
            return "noon";
        }

        @Tool("Is overridden")
        String overridden(int number) {
            return "base";
        }
    }

    static final class Weather extends Base implements Greeting<Place> {
        @Nullable
        String noted;

        @Tool(name = "forecast", value = "What the weather will be", timeoutMillis = 5_000)
        String forecastOf(
                @Param("Where") Place place,
                @Param(value = "How far ahead", defaultValue = "1") int days,
                @Param(required = false) @Nullable Unit unit,
                Optional<List<String>> details,
                Map<String, List<Place>> others) {
            return place.city + " " + days + " " + unit + " " + details.orElse(List.of()) + " " + others;
        }

        @Tool("Keeps a note")
        void note(@Param(name = "note", value = "What to keep") String text) {
            noted = text;
        }

        @Tool("Takes its time")
        CompletableFuture<Place> later(String city) {
            return CompletableFuture.supplyAsync(() -> new Place(city, null));
        }

        @Tool("Fails")
        String fails() throws IOException {
            throw new IOException("no disk");
        }

        @Tool("Needs no object")
        static int doubled(int number) {
            return 2 * number;
        }

        @Override
        String overridden(int number) {
            return "override " + number;
        }

        String ordinary() {
            return "no tool";
        }
    }

    private final Weather weather = new Weather();
    private final List<dev.tandem.tool.Tool> tools = JavaTools.from(weather);

    private String run(String name, String arguments) {
        return resultOf(scene, named(tools, name), arguments);
    }

    @Test
    void allThatItHasOrInheritsInOrderOfTheirNames() {
        assertEquals(
                List.of("doubled", "fails", "forecast", "greet", "later", "note", "overridden", "time"),
                tools.stream().map(t -> t.getName()).collect(Collectors.toList()));
        assertEquals(5_000L, named(tools, "forecast").getTimeoutMillis());
        assertNull(named(tools, "note").getTimeoutMillis());
    }

    @Test
    void theSchemaSaysAllThatTheMethodDoes() {
        assertEquals(
                "{'type':'object','properties':{"
                        + "'place':{'$ref':'#/$defs/Place','description':'Where'},"
                        + "'days':{'type':'integer','description':'How far ahead','default':1},"
                        + "'unit':{'anyOf':[{'type':'string','enum':['CELSIUS','FAHRENHEIT']},{'type':'null'}]},"
                        + "'details':{'type':['array','null'],'items':{'type':'string'}},"
                        + "'others':{'type':'object','additionalProperties':"
                        + "{'type':'array','items':{'$ref':'#/$defs/Place'}}}},"
                        + "'required':['place','others'],'additionalProperties':false,"
                        + "'$defs':{'Place':{'type':'object','properties':{'city':{'type':'string'},"
                        + "'country':{'type':['string','null']}},'required':['city'],'additionalProperties':false,"
                        + "'description':'Where it is'}}}",
                named(tools, "forecast").getParameters().toString().replace('"', '\''));
    }

    @Test
    void argumentsReachTheMethod() {
        assertEquals("Lisbon 1 null [] {}", run("forecast", "{'place':{'city':'Lisbon'},'others':{}}"));
        assertEquals(
                "Lisbon 3 CELSIUS [wind] {near=[Place[city=Sintra, country=PT]]}",
                run(
                        "forecast",
                        "{'place':{'city':'Lisbon'},'days':3,'unit':'CELSIUS','details':['wind'],"
                                + "'others':{'near':[{'city':'Sintra','country':'PT'}]}}"));
    }

    @Test
    void whateverComesBackIsText() {
        assertEquals("done", run("note", "{'note':'milk'}"));
        assertEquals("milk", weather.noted);
        assertEquals("{\"city\":\"Porto\",\"country\":null}", run("later", "{'city':'Porto'}"));
        assertEquals("14", run("doubled", "{'number':7}"));
        assertTrue(run("fails", "{}").endsWith("no disk"));
    }

    @Test
    void whatIsInheritedAndOverridden() {
        assertEquals("noon", run("time", "{}"));
        assertEquals("override 1", run("overridden", "{'number':1}"));
        assertEquals("Hello, Place[city=Porto, country=null]", run("greet", "{'whom':{'city':'Porto'}}"));
    }

    static final class Statics {
        @Tool("One")
        static String one() {
            return "1";
        }
    }

    @Test
    void aClassGivesItsStaticMethods() {
        assertEquals("1", resultOf(scene, JavaTools.from(Statics.class).get(0), "{}"));
        assertEquals("Base.overridden(int) is not static: give an object of Base", refusalOf(Base.class));
    }

    static class Overloaded {
        @Tool("One")
        String get(int number) {
            return "";
        }

        @Tool("Two")
        String get(String text) {
            return "";
        }
    }

    static class Unknown {
        @Tool("One")
        String get(Thread thread) {
            return "";
        }
    }

    static class Blank {
        @Tool(" ")
        String get() {
            return "";
        }
    }

    @Test
    void whatCannotBeIsNamed() {
        String overloaded = refusalOf(new Overloaded());
        assertTrue(overloaded.startsWith("two tools of Overloaded are named 'get', Overloaded.get("), overloaded);
        assertTrue(overloaded.contains("get(int)") && overloaded.contains("get(String)"), overloaded);
        assertTrue(refusalOf(new Unknown())
                .startsWith("Unknown.get.thread: it is not known how a java.lang.Thread looks as JSON"));
        assertEquals("java.lang.Object has no method with @Tool", refusalOf(new Object()));
        assertEquals("tool 'get' needs a description: the model chooses by it", refusalOf(new Blank()));
    }

    private static String refusalOf(Object holder) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> JavaTools.from(holder))
                .getMessage());
    }
}
