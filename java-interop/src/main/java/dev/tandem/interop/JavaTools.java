package dev.tandem.interop;

import dev.tandem.interop.type.JavaTypes;
import dev.tandem.model.ToolDefinition;
import dev.tandem.structured.AnswerType;
import dev.tandem.tool.Tool;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Tools that the client runs itself, written in Java. Bodies run on threads of their own, where they may block and use any
 * style of any client; they are interrupted when their time is over or the call is given up, and not waited for.
 *
 * <p>What they give is what the model reads: text as it is, nothing as {@code done}, anything else as JSON. A stage is waited
 * for without a thread, and cancelled with the call. What they throw is told to the model or fails the call, as
 * {@link dev.tandem.model.ToolPolicy} says; an {@link IllegalArgumentException} is always told.
 */
public final class JavaTools {
    private JavaTools() {}

    /** {@code arguments} is a record or class; see {@link JavaTypes}. */
    public static <A> Tool of(
            String name, String description, Class<A> arguments, Function<? super A, ? extends @Nullable Object> body) {
        return of(name, description, JavaTypes.of(arguments), body);
    }

    /** For arguments with type arguments of their own, or whose JSON you read yourself. */
    public static <A> Tool of(
            String name,
            String description,
            AnswerType<A> arguments,
            Function<? super A, ? extends @Nullable Object> body) {
        return new JavaTool(
                name,
                description,
                objectOf(name, arguments),
                null,
                JavaTool.blocking(json -> body.apply(arguments.read(json))));
    }

    /** A tool without arguments. */
    public static Tool of(String name, String description, Supplier<? extends @Nullable Object> body) {
        return new JavaTool(
                name, description, ToolDefinition.NO_PARAMETERS, null, JavaTool.blocking(json -> body.get()));
    }

    /** The same as {@code of}: says that the body gives a stage. */
    public static <A> Tool ofFuture(
            String name,
            String description,
            Class<A> arguments,
            Function<? super A, ? extends CompletionStage<? extends @Nullable Object>> body) {
        return of(name, description, arguments, body);
    }

    /** The same as {@code of}: says that the body gives a stage. */
    public static Tool ofFuture(
            String name, String description, Supplier<? extends CompletionStage<? extends @Nullable Object>> body) {
        return of(name, description, body);
    }

    /**
     * One for each method with {@link dev.tandem.interop.annotation.Tool} that {@code holder} has or inherits, by their
     * names. For static methods only, {@code holder} may be the class.
     */
    public static List<Tool> from(Object holder) {
        return Annotated.toolsOf(holder);
    }

    /** The same tool with a time of its own for each run. */
    public static Tool withTimeout(Tool tool, Duration limit) {
        if (limit.toMillis() <= 0) throw new IllegalArgumentException("the limit must be positive, but is " + limit);
        return new JavaTool(tool.getName(), tool.getDescription(), tool.getParameters(), limit.toMillis(), tool::run);
    }

    private static JsonObject objectOf(String name, AnswerType<?> arguments) {
        JsonElement type = arguments.getSchema().get("type");
        if (type != null && type.toString().equals("\"object\"")) return arguments.getSchema();
        throw new IllegalArgumentException("the arguments of tool '" + name
                + "' must have names, so be a record or a class, but are " + arguments.getName());
    }
}
