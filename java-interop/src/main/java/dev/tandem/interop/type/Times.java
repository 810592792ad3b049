package dev.tandem.interop.type;

import dev.tandem.schema.Schema;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.function.Function;
import kotlinx.serialization.json.JsonObject;

/**
 * Dates and times as ISO 8601 writes them. JSON Schema has names for few of them: its {@code time} has an offset, and its
 * {@code duration} no fractions of a second.
 */
final class Times {
    private Times() {}

    static void addTo(Map<Class<?>, Scalar> known) {
        known.put(
                Instant.class,
                text(
                        "a date and time with offset, such as 2026-01-31T12:30:00Z",
                        Schema.text("date-time"),
                        text -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from)));
        known.put(
                OffsetDateTime.class,
                text(
                        "a date and time with offset, such as 2026-01-31T12:30:00+01:00",
                        Schema.text("date-time"),
                        OffsetDateTime::parse));
        known.put(LocalDate.class, text("a date, such as 2026-01-31", Schema.text("date"), LocalDate::parse));
        known.put(
                ZonedDateTime.class,
                hinted(
                        "a date and time with zone, such as 2026-01-31T12:30+01:00[Europe/Paris]",
                        ZonedDateTime::parse));
        known.put(
                LocalDateTime.class,
                hinted("a date and time without offset, such as 2026-01-31T12:30:00", LocalDateTime::parse));
        known.put(LocalTime.class, hinted("a time of day, such as 12:30:00", LocalTime::parse));
        known.put(OffsetTime.class, hinted("a time of day with offset, such as 12:30:00+01:00", OffsetTime::parse));
        known.put(Duration.class, hinted("an ISO 8601 duration, such as PT1H30M", Duration::parse));
        known.put(Period.class, hinted("an ISO 8601 period of days or more, such as P1Y2M3D", Period::parse));
        known.put(YearMonth.class, hinted("a month of a year, such as 2026-01", YearMonth::parse));
        known.put(MonthDay.class, hinted("a day of any year, such as --01-31", MonthDay::parse));
        known.put(ZoneId.class, hinted("a time zone, such as Europe/Paris", ZoneId::of));
        known.put(ZoneOffset.class, hinted("an offset from UTC, such as +01:00", ZoneOffset::of));
        known.put(Year.class, new Scalar("a year", Schema.integer(), false, text -> Year.of(Integer.parseInt(text))));
    }

    private static Scalar hinted(String what, Function<String, Object> parse) {
        return text(what, Scalar.hinted(what), parse);
    }

    private static Scalar text(String what, JsonObject schema, Function<String, Object> parse) {
        return new Scalar(what, schema, true, parse);
    }
}
