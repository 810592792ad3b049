package dev.tandem.interop;

import dev.tandem.interop.annotation.Tool;
import dev.tandem.interop.type.JavaTypes;
import dev.tandem.structured.AnswerType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the methods of an object that are tools. */
final class Annotated {
    private final @Nullable Object holder;
    private final Class<?> type;

    private Annotated(Object holder) {
        type = holder instanceof Class ? (Class<?>) holder : holder.getClass();
        this.holder = holder instanceof Class ? null : holder;
    }

    /** Sorted: the virtual machine gives methods in any order, and providers keep prompts that begin with the same tools. */
    static List<dev.tandem.tool.Tool> toolsOf(Object holder) {
        return new Annotated(holder).find();
    }

    private List<dev.tandem.tool.Tool> find() {
        Map<String, Method> named = new TreeMap<>();
        for (Method method : methods()) {
            Tool tool = method.getAnnotation(Tool.class);
            if (tool == null) continue;
            String name = tool.name().isEmpty() ? method.getName() : tool.name();
            Method other = named.put(name, method);
            if (other != null) {
                throw new IllegalArgumentException(
                        "two tools of " + type.getSimpleName() + " are named '" + name + "', " + written(other)
                                + " and " + written(method) + ": give one another name, @Tool(name = …)");
            }
        }
        if (named.isEmpty()) {
            throw new IllegalArgumentException(type.getName() + " has no method with @Tool");
        }
        List<dev.tandem.tool.Tool> tools = new ArrayList<>();
        named.forEach((name, method) -> tools.add(toolOf(name, method)));
        return tools;
    }

    /** Those of the class itself first: what they override has the same signature, and maybe the annotation. */
    private Iterable<Method> methods() {
        Map<String, Method> all = new LinkedHashMap<>();
        for (Class<?> each : line(type, new LinkedHashSet<>())) {
            for (Method method : each.getDeclaredMethods()) {
                if (method.isBridge() || method.isSynthetic()) continue;
                String signature = method.getName() + Arrays.toString(method.getParameterTypes());
                // A private method overrides nothing.
                if (Modifier.isPrivate(method.getModifiers())) signature = each.getName() + signature;
                Method known = all.get(signature);
                if (known == null || known.getAnnotation(Tool.class) == null) all.put(signature, method);
            }
        }
        return all.values();
    }

    private static Set<Class<?>> line(@Nullable Class<?> type, Set<Class<?>> line) {
        if (type == null || type == Object.class) return line;
        line.add(type);
        line(type.getSuperclass(), line);
        for (Class<?> each : type.getInterfaces()) line(each, line);
        return line;
    }

    private dev.tandem.tool.Tool toolOf(String name, Method method) {
        Tool tool = method.getAnnotation(Tool.class);
        boolean isStatic = Modifier.isStatic(method.getModifiers());
        if (holder == null && !isStatic) {
            throw new IllegalArgumentException(
                    written(method) + " is not static: give an object of " + type.getSimpleName());
        }
        if (tool.timeoutMillis() < 0) {
            throw new IllegalArgumentException(
                    "timeoutMillis of " + written(method) + " must not be negative, but is " + tool.timeoutMillis());
        }
        AnswerType<@Nullable Object[]> arguments = JavaTypes.argumentsOf(method, type);
        return new JavaTool(
                name,
                tool.value(),
                arguments.getSchema(),
                tool.timeoutMillis() == 0 ? null : tool.timeoutMillis(),
                JavaTool.blocking(json -> called(method, arguments.read(json))));
    }

    private @Nullable Object called(Method method, @Nullable Object[] arguments) {
        try {
            return method.invoke(holder, arguments);
        } catch (InvocationTargetException e) {
            throw Annotated.<RuntimeException>asItIs(e.getCause() == null ? e : e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(written(method) + " cannot be called", e);
        }
    }

    /** Past the compiler: tools may throw anything. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E asItIs(Throwable e) throws E {
        throw (E) e;
    }

    private static String written(Method method) {
        String parameters = Stream.of(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", "(", ")"));
        return method.getDeclaringClass().getSimpleName() + "." + method.getName() + parameters;
    }
}
