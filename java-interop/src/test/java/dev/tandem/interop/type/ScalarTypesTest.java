package dev.tandem.interop.type;

import static dev.tandem.interop.type.Json.json;
import static dev.tandem.interop.type.Json.read;
import static dev.tandem.interop.type.Json.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import kotlinx.serialization.json.JsonArray;
import kotlinx.serialization.json.JsonElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarTypesTest {
    record Numbers(byte small, Short medium, int plain, Long big, float single, Double exact) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "small  | 128  | an integer from -128 to 127",
                "medium | 40000 | an integer from -32768 to 32767",
                "plain  | 3000000000 | an integer from -2147483648 to 2147483647",
                "plain  | 1.5  | an integer from -2147483648 to 2147483647",
                "plain  | 1e999999999 | an integer from -2147483648 to 2147483647",
                "big    | 9223372036854775808 | an integer from -9223372036854775808 to 9223372036854775807",
                "single | 1e39 | a number that a float can hold",
                "exact  | 1e309 | a number that a double can hold",
                "exact  | true | a number that a double can hold",
            })
    void aNumberThatDoesNotFitIsNamed(String member, String value, String expected) {
        String fine = "{'small':1,'medium':2,'plain':3,'big':4,'single':5,'exact':6}";
        String json = fine.replaceFirst("'" + member + "':\\d", "'" + member + "':" + value);
        assertEquals(
                "$." + member + ": must be " + expected + ", but is " + value,
                refusal(() -> read(Numbers.class, json)));
    }

    record Small(byte one, Short two, int plain) {}

    @Test
    void onlyTheSmallestNumbersHaveTheirBoundsInTheSchema() {
        assertEquals(
                "{'type':'object','properties':{'one':{'type':'integer','minimum':-128,'maximum':127},"
                        + "'two':{'type':'integer','minimum':-32768,'maximum':32767},'plain':{'type':'integer'}},"
                        + "'required':['one','two','plain'],'additionalProperties':false}",
                Json.schemaOf(Small.class));
    }

    @Test
    void wholeNumbersMayBeWrittenAsOthers() {
        assertEquals(
                new Numbers((byte) 1, (short) 2, 3, 400L, 5, 6.5),
                read(Numbers.class, "{'small':1.0,'medium':2,'plain':3.00,'big':4e2,'single':5,'exact':6.5}"));
        assertEquals(new BigInteger("1000"), read(BigInteger.class, "1e3"));
        assertEquals(new BigDecimal("1.10"), read(BigDecimal.class, "1.10"));
    }

    @Test
    void hugeExponentsTakeNoTime() {
        assertEquals("$: must be an integer, but is 1e999999999", refusal(() -> read(BigInteger.class, "1e999999999")));
    }

    @Test
    void numbersAreNoTexts() {
        assertEquals("$: must be text, but is 5", refusal(() -> read(String.class, "5")));
        assertEquals(
                "$: must be an integer from -2147483648 to 2147483647, but is \"5\"",
                refusal(() -> read(int.class, "'5'")));
    }

    @Test
    void textsThatMeanMore() {
        assertEquals(Instant.parse("2026-01-31T11:30:00Z"), read(Instant.class, "'2026-01-31T12:30:00+01:00'"));
        assertEquals(OffsetDateTime.parse("2026-01-31T12:30Z"), read(OffsetDateTime.class, "'2026-01-31T12:30:00Z'"));
        assertEquals(
                ZonedDateTime.parse("2026-01-31T12:30+01:00[Europe/Paris]"),
                read(ZonedDateTime.class, "'2026-01-31T12:30+01:00[Europe/Paris]'"));
        assertEquals(LocalDate.of(2026, 1, 31), read(LocalDate.class, "'2026-01-31'"));
        assertEquals(LocalDateTime.of(2026, 1, 31, 12, 30), read(LocalDateTime.class, "'2026-01-31T12:30'"));
        assertEquals(LocalTime.of(12, 30), read(LocalTime.class, "'12:30'"));
        assertEquals(Duration.ofMinutes(90), read(Duration.class, "'PT1H30M'"));
        assertEquals(Year.of(2026), read(Year.class, "2026"));
        assertEquals(YearMonth.of(2026, 1), read(YearMonth.class, "'2026-01'"));
        UUID id = UUID.fromString("6d2b4c1e-9f5a-4d6b-8d2e-0c5f3b1a7e42");
        assertEquals(id, read(UUID.class, "'" + id + "'"));
        assertEquals(URI.create("https://example.org/a"), read(URI.class, "'https://example.org/a'"));
        assertEquals('x', read(Character.class, "'x'"));
        assertEquals(
                "$: must be a date, such as 2026-01-31, but is \"tomorrow\"",
                refusal(() -> read(LocalDate.class, "'tomorrow'")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "5000000000", "123456789012345678901234567890", "2.5", "1e400", "true", "'a'"})
    void whateverComesIsAsPlainAsItCanBe(String text) {
        Object value = JavaTypes.of(Object.class).read(json(text));
        assertEquals(text.replace('\'', '"').replace("e", text.equals("true") ? "e" : "E+"), JavaTypes.toJson(value));
    }

    @Test
    void whatIsTooDeepIsRefused() {
        JsonElement deep = new JsonArray(List.of());
        for (int i = 0; i < 1_000_000; i++) deep = new JsonArray(List.of(deep));
        JsonElement json = deep;
        assertEquals(
                "$: is nested too deep to be read",
                refusal(() -> JavaTypes.of(Object.class).read(json)));
    }
}
