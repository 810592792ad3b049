package dev.tandem.spring;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A property on its way into a builder of core, which knows what it may be. Names are those below {@code tandem}. */
final class Setting {
    private Setting() {}

    /** Leaves what is not set to the builder. */
    static <T> void set(String property, @Nullable T value, Consumer<T> setter) {
        if (value == null) return;
        made(property, () -> {
            setter.accept(value);
            return value;
        });
    }

    /** Whatever {@code maker} makes, or an exception that names the property. */
    static <T> T made(String property, Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException e) {
            throw new BadPropertyException("tandem." + property, e);
        } catch (ArithmeticException e) {
            // Of a time that has more milliseconds than there are numbers.
            throw new BadPropertyException("tandem." + property, "is too long a time", "Set a shorter one.");
        }
    }
}
