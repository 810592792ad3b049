package dev.tandem.interop.type;

import static dev.tandem.interop.type.Json.read;
import static dev.tandem.interop.type.Json.refusal;
import static dev.tandem.interop.type.Json.schemaOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.interop.annotation.Description;
import dev.tandem.interop.annotation.Name;
import dev.tandem.interop.annotation.Param;
import dev.tandem.structured.AnswerType;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordTypesTest {
    @Description("A city")
    record City(
            @Description("As its people call it") String name,
            int people,
            @Nullable Country country) {}

    record Country(String name) {}

    enum Size {
        SMALL,
        @Name("big")
        @Description("More than a million")
        LARGE
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Many(
            List<String> texts,
            Set<Size> sizes,
            Map<Size, Integer> counts,
            Map<Integer, List<@Nullable Country>> byNumber,
            int[] numbers,
            Country[] countries,
            Optional<Country> maybe,
            OptionalInt perhaps,
            Object open,
            JsonObject raw) {}

    record Page<T>(List<T> items, @Nullable Page<T> next) {}

    record Pair<A, B>(A first, B second) {}

    record Chosen(
            @Param(value = "How many", defaultValue = "3") int count,
            @Param(defaultValue = "en") String language,
            @Param(defaultValue = "big") Size size,
            @Param(defaultValue = "[1, 2]") List<Integer> numbers,

            @Param(name = "zip_code", required = false) @Nullable
            String zip,

            @Param(required = false) String note) {}

    @Test
    void componentsBecomeProperties() {
        assertEquals(
                "{'type':'object','properties':{'name':{'type':'string','description':'As its people call it'},"
                        + "'people':{'type':'integer'},"
                        + "'country':{'type':['object','null'],'properties':{'name':{'type':'string'}},"
                        + "'required':['name'],'additionalProperties':false}},"
                        + "'required':['name','people'],'additionalProperties':false,'description':'A city'}",
                schemaOf(City.class));
        assertEquals("City", JavaTypes.of(City.class).getName());
    }

    @Test
    void whatIsNullableMayBeNullOrMissing() {
        City lisbon = new City("Lisbon", 545_000, null);
        assertEquals(lisbon, read(City.class, "{'name':'Lisbon','people':545000}"));
        assertEquals(lisbon, read(City.class, "{'name':'Lisbon','people':545000,'country':null}"));
        assertEquals("$.name: is missing", refusal(() -> read(City.class, "{'people':1}")));
        assertEquals("$.name: must be text, but is null", refusal(() -> read(City.class, "{'name':null,'people':1}")));
    }

    @Test
    void collectionsMapsAndOptionals() {
        Many many = read(
                Many.class,
                "{'texts':['a'],'sizes':['SMALL','big'],'counts':{'big':2},'byNumber':{'7':[{'name':'PT'},null]},"
                        + "'numbers':[1,2],'countries':[{'name':'ES'}],'open':{'a':[1,2.5,null,true]},'raw':{'x':1}}");
        assertEquals(List.of("a"), many.texts);
        assertEquals(Set.of(Size.SMALL, Size.LARGE), many.sizes);
        assertEquals(Map.of(Size.LARGE, 2), many.counts);
        assertEquals(new Country("PT"), many.byNumber.getOrDefault(7, List.of()).get(0));
        assertNull(many.byNumber.getOrDefault(7, List.of()).get(1));
        assertEquals(3, many.numbers[0] + many.numbers[1]);
        assertEquals(new Country("ES"), many.countries[0]);
        assertEquals(Optional.empty(), many.maybe);
        assertEquals(OptionalInt.empty(), many.perhaps);
        assertEquals("{a=[1, 2.5, null, true]}", many.open.toString());
        assertEquals("{\"x\":1}", many.raw.toString());
    }

    @Test
    void theKeysOfAnEnumAreProperties() {
        String schema = schemaOf(Many.class);
        assertTrue(
                schema.contains("'counts':{'type':'object','properties':{'SMALL':{'type':'integer'},"
                        + "'big':{'type':'integer'}},'additionalProperties':false}"),
                schema);
        assertTrue(
                schema.contains("{'type':'string','enum':['SMALL','big'],'description':'big: More than a million'}"),
                schema);
        assertTrue(
                schema.contains("'additionalProperties':{'type':'array','items':"
                        + "{'anyOf':[{'$ref':'#/$defs/Country'},{'type':'null'}]}}"),
                schema);
        assertTrue(schema.contains("'open':{}"), schema);
    }

    record Distances(
            @Description("How far it is") Map<LocalDate, Integer> byDay,
            Map<Integer, String> byNumber,
            Map<String, String> byName,
            Map<Size, City> bySize) {}

    @Test
    void whatTheKeysAreIsSaidInWords() {
        String schema = schemaOf(Distances.class);
        assertTrue(schema.contains("'description':'How far it is (each key is a date, such as 2026-01-31)'"), schema);
        assertTrue(schema.contains("'description':'each key is an integer from -2147483648 to 2147483647'"), schema);
        assertTrue(
                schema.contains("'byName':{'type':'object','additionalProperties':{'type':'string'}},'bySize'"),
                schema);
    }

    @Test
    void aClassThatManyKeysHaveIsDefinedOnce() {
        String schema = schemaOf(Distances.class);
        assertTrue(
                schema.contains(
                        "'properties':{'SMALL':{'$ref':'#/$defs/City'},'big':{'$ref':'#/$defs/City'}},'additional"),
                schema);
        assertEquals(schema.indexOf("'A city'"), schema.lastIndexOf("'A city'"));
    }

    @Test
    void whatIsWrongIsNamedWithItsPlace() {
        String start = "{'texts':[],'sizes':[],'counts':{},'numbers':[],'countries':[],'open':1,'raw':{},";
        assertEquals(
                "$.byNumber.7[1].name: must be text, but is 5",
                refusal(() -> read(Many.class, start + "'byNumber':{'7':[null,{'name':5}]}}")));
        assertEquals(
                "$.byNumber.x: the key must be an integer from -2147483648 to 2147483647, but is 'x'",
                refusal(() -> read(Many.class, start + "'byNumber':{'x':[]}}")));
        assertEquals("$: must be an object, but is [1]", refusal(() -> read(Many.class, "[1]")));
    }

    @Test
    void argumentsOfTypesAreFilledIn() {
        AnswerType<Page<Pair<String, City>>> type = new TypeRef<Page<Pair<String, City>>>() {};
        assertEquals("Page_Pair_String_City", type.getName());
        Page<Pair<String, City>> page =
                read(type, "{'items':[{'first':'a','second':{'name':'b','people':1}}],'next':{'items':[]}}");
        assertEquals(new City("b", 1, null), page.items.get(0).second);
        assertEquals(new Page<>(List.of(), null), page.next);
    }

    @Test
    void whatContainsItselfIsDefinedOnce() {
        JsonObject schema = new TypeRef<Page<String>>() {}.getSchema();
        assertEquals(
                "{'anyOf':[{'$ref':'#/$defs/Page_String'},{'type':'null'}]}",
                String.valueOf(((JsonObject) Fixed.at(schema, "properties")).get("next"))
                        .replace('"', '\''));
        JsonElement defined = Fixed.at((JsonObject) Fixed.at(schema, "$defs"), "Page_String");
        assertEquals(Fixed.at(schema, "properties"), Fixed.at((JsonObject) defined, "properties"));
    }

    @Test
    void defaultsHoldWhereNothingIsSaid() {
        Chosen chosen = read(Chosen.class, "{'size':null}");
        assertEquals(3, chosen.count);
        assertEquals("en", chosen.language);
        assertEquals(Size.LARGE, chosen.size);
        assertEquals(List.of(1, 2), chosen.numbers);
        assertNull(chosen.zip);
        assertNull(chosen.note);
        assertEquals("here", read(Chosen.class, "{'zip_code':'here'}").zip);
        String schema = schemaOf(Chosen.class);
        assertTrue(schema.contains("'count':{'type':'integer','description':'How many','default':3}"), schema);
        assertTrue(schema.contains("'zip_code':{'type':['string','null']}"), schema);
        assertTrue(schema.endsWith("},'additionalProperties':false}"), schema);
    }

    @Test
    void aClassIsLookedIntoOnce() {
        assertSame(JavaTypes.of(City.class), JavaTypes.of(City.class));
    }

    record Level<T>(T next, int number) {}

    @Test
    void eightLevelsDeep() {
        AnswerType<Level<Level<Level<Level<Level<Level<Level<Level<String>>>>>>>>> type =
                new TypeRef<Level<Level<Level<Level<Level<Level<Level<Level<String>>>>>>>>>() {};
        String json = "'x'";
        for (int i = 8; i > 0; i--) json = "{'next':" + json + ",'number':" + i + "}";
        assertEquals(json.replace('\'', '"'), JavaTypes.toJson(read(type, json)));
        assertTrue(type.getName().length() <= 64);
    }

    record Positive(int value) {
        Positive {
            if (value <= 0) throw new IllegalArgumentException("the value must be positive, but is " + value);
        }
    }

    @Test
    void whatARecordItselfRefusesIsToldWithItsPlace() {
        AnswerType<List<Positive>> type = new TypeRef<List<Positive>>() {};
        assertEquals(
                "$[1]: Positive does not take it: the value must be positive, but is -1",
                refusal(() -> read(type, "[{'value':1},{'value':-1}]")));
    }

    private static final class Fixed {
        static JsonElement at(JsonObject object, String name) {
            JsonElement found = object.get(name);
            if (found == null) throw new AssertionError("no " + name + " in " + object);
            return found;
        }
    }
}
