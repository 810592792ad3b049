package dev.tandem.interop.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tandem.interop.annotation.Param;
import dev.tandem.structured.AnswerType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values written at random fit their own schema, as somebody else's validator sees it, and come back equal. */
class RoundTripTest {
    enum Color {
        RED,
        GREEN
    }

    sealed interface Form {}

    record Circle(double radius, Color color) implements Form {}

    record Group(List<Form> forms, @Nullable Form first) implements Form {}

    record Times(
            Instant instant,
            LocalDate date,
            LocalDateTime local,
            OffsetDateTime offset,
            ZonedDateTime zoned,
            Duration duration) {}

    record Scalars(
            byte b,
            short s,
            int i,
            long l,
            float f,
            double d,
            boolean is,
            char c,
            BigInteger big,
            BigDecimal exact,
            UUID id) {}

    record Everything(
            Scalars scalars,
            Times times,
            List<@Nullable String> texts,
            Set<Integer> numbers,
            Map<String, Scalars> byName,
            Map<Color, List<Times>> byColor,
            Map<Long, Color> byNumber,
            Optional<Scalars> maybe,
            OptionalDouble perhaps,
            Form form,
            @Nullable Everything next,

            @Param(required = false, name = "last_one") @Nullable
            Color last) {}

    private final Random random = new Random(42);

    @Test
    void recordsComeBackEqual() {
        AnswerType<Everything> type = JavaTypes.of(Everything.class);
        for (int i = 0; i < 200; i++) {
            Everything value = everything(3);
            JsonElement json = Json.exact(JavaTypes.toJson(value));
            assertEquals(List.of(), Json.complaints(type, json));
            assertEquals(value, type.read(json));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scalars", "times", "form", "numbers", "byColor"})
    void theValidatorSeesWhatIsMissing(String name) {
        AnswerType<Everything> type = JavaTypes.of(Everything.class);
        Map<String, JsonElement> fields = new LinkedHashMap<>((JsonObject) Json.exact(JavaTypes.toJson(everything(0))));
        fields.remove(name);
        assertFalse(Json.complaints(type, new JsonObject(fields)).isEmpty());
    }

    private Everything everything(int depth) {
        return new Everything(
                scalars(),
                times(),
                list(() -> random.nextBoolean() ? null : text()),
                new LinkedHashSet<>(list(random::nextInt)),
                map(this::text, this::scalars),
                map(this::color, () -> list(this::times)),
                map(random::nextLong, this::color),
                Optional.of(scalars()).filter(s -> random.nextBoolean()),
                random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(random.nextDouble()),
                form(depth),
                depth > 0 && random.nextBoolean() ? everything(depth - 1) : null,
                random.nextBoolean() ? null : color());
    }

    private Form form(int depth) {
        if (depth == 0) return new Circle(random.nextDouble(), color());
        return new Group(list(() -> form(depth - 1)), random.nextBoolean() ? null : form(depth - 1));
    }

    private Scalars scalars() {
        return new Scalars(
                (byte) random.nextInt(),
                (short) random.nextInt(),
                random.nextInt(),
                random.nextLong(),
                random.nextFloat(),
                random.nextGaussian(),
                random.nextBoolean(),
                (char) ('a' + random.nextInt(26)),
                new BigInteger(100, random),
                BigDecimal.valueOf(random.nextLong(), random.nextInt(20)),
                new UUID(random.nextLong(), random.nextLong()));
    }

    private Times times() {
        Instant instant = Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
        return new Times(
                instant,
                LocalDate.ofEpochDay(random.nextInt(20_000)),
                LocalDateTime.ofInstant(instant, ZoneOffset.UTC),
                instant.atOffset(ZoneOffset.ofHours(random.nextInt(10))),
                instant.atZone(ZoneId.of("Europe/Paris")),
                Duration.ofMillis(random.nextInt()));
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) text.append((char) (1 + random.nextInt(0x300)));
        return text.toString();
    }

    private Color color() {
        return Color.values()[random.nextInt(2)];
    }

    private <T extends @Nullable Object> List<T> list(Supplier<T> item) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) list.add(item.get());
        return list;
    }

    private <K, V> Map<K, V> map(Supplier<K> key, Supplier<V> value) {
        Map<K, V> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) map.put(key.get(), value.get());
        return map;
    }
}
