package dev.tandem.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.AiClient;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import kotlin.coroutines.Continuation;
import kotlinx.coroutines.flow.Flow;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

/**
 * Whatever the core can do, every Java style can do: an operation that is missing in a view, or that has other arguments
 * there, fails here.
 */
class ParityTest {
    @Test
    void everySuspendFunctionIsInEveryView() {
        List<String> missing = new ArrayList<>();
        for (Method operation : operations()) {
            Class<?>[] parameters = operation.getParameterTypes();
            if (!isSuspend(operation)) continue;
            Class<?>[] own = Arrays.copyOf(parameters, parameters.length - 1);
            require(missing, BlockingClient.class, operation.getName(), Object.class, own);
            require(missing, AsyncClient.class, operation.getName(), CompletableFuture.class, own);
            require(missing, ReactiveClient.class, operation.getName(), Publisher.class, own);
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void everyFlowIsInEveryView() {
        List<String> missing = new ArrayList<>();
        for (Method operation : operations()) {
            Class<?>[] own = operation.getParameterTypes();
            if (operation.getReturnType() != Flow.class) continue;
            Class<?>[] withCallback = Arrays.copyOf(own, own.length + 1);
            withCallback[own.length] = Consumer.class;
            require(missing, BlockingClient.class, operation.getName(), BlockingStream.class, own);
            require(missing, AsyncClient.class, operation.getName(), CompletableFuture.class, withCallback);
            require(missing, ReactiveClient.class, operation.getName(), Publisher.class, own);
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void everythingElseIsOnTheJavaClientItself() {
        List<String> missing = new ArrayList<>();
        for (Method operation : operations()) {
            if (isSuspend(operation) || operation.getReturnType() == Flow.class) continue;
            require(
                    missing,
                    JavaAiClient.class,
                    operation.getName(),
                    operation.getReturnType(),
                    operation.getParameterTypes());
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void theViewsOfferTheSameNames() {
        assertEquals(namesOf(BlockingClient.class), namesOf(AsyncClient.class));
        assertEquals(namesOf(BlockingClient.class), namesOf(ReactiveClient.class));
    }

    @Test
    void thereIsSomethingToCompare() {
        assertTrue(operations().stream().filter(ParityTest::isSuspend).count() >= 7);
        assertTrue(operations().stream()
                        .filter(o -> o.getReturnType() == Flow.class)
                        .count()
                >= 4);
    }

    private static List<Method> operations() {
        return Arrays.stream(AiClient.class.getDeclaredMethods())
                .filter(m ->
                        Modifier.isPublic(m.getModifiers()) && !Modifier.isStatic(m.getModifiers()) && !m.isSynthetic())
                .filter(m -> !m.getName().contains("$"))
                .collect(Collectors.toList());
    }

    private static boolean isSuspend(Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        return parameters.length > 0 && parameters[parameters.length - 1] == Continuation.class;
    }

    private static void require(
            List<String> missing, Class<?> view, String name, Class<?> result, Class<?>... parameters) {
        try {
            Class<?> found = view.getMethod(name, parameters).getReturnType();
            if (result != Object.class && !result.isAssignableFrom(found)) {
                missing.add(view.getSimpleName() + "." + name + " returns " + found.getSimpleName());
            }
        } catch (NoSuchMethodException e) {
            missing.add(view.getSimpleName() + "." + name + Arrays.toString(parameters));
        }
    }

    private static List<String> namesOf(Class<?> view) {
        return Arrays.stream(view.getDeclaredMethods())
                .filter(m -> Modifier.isPublic(m.getModifiers()))
                .map(Method::getName)
                .distinct()
                .sorted()
                .collect(Collectors.toList());
    }
}
