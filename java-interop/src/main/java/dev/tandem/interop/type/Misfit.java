package dev.tandem.interop.type;

import kotlinx.serialization.json.JsonElement;
import org.jspecify.annotations.Nullable;

/** JSON that is not what it should be. The way to it is put together on the way out. */
final class Misfit extends IllegalArgumentException {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 80;

    private final StringBuilder path = new StringBuilder("$");

    Misfit(String problem, @Nullable Throwable cause) {
        super(problem, cause);
    }

    static Misfit of(String expected, JsonElement json, @Nullable Throwable cause) {
        return new Misfit("must be " + expected + ", but is " + shortened(json.toString()), cause);
    }

    static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    /** Seen from one level further out. */
    Misfit within(String step) {
        path.insert(1, step);
        return this;
    }

    @Override
    public String getMessage() {
        return path + ": " + super.getMessage();
    }
}
