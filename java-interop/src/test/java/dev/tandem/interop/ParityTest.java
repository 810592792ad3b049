package dev.tandem.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.AiClient;
import dev.tandem.batch.Batch;
import dev.tandem.batch.file.BatchFile;
import dev.tandem.conversation.Conversation;
import dev.tandem.locallab.LocalLabServer;
import dev.tandem.ollama.OllamaModels;
import dev.tandem.workflow.run.WorkflowExecutor;
import dev.tandem.workflow.run.WorkflowRun;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;

/**
 * Whatever the core can do, every Java style can do: an operation that is missing in a view, or that has other arguments
 * there, fails here.
 */
class ParityTest {
    /** And how many suspend functions and flows each has at least: nothing found would be nothing missing. */
    private enum Client {
        AI(AiClient.class, JavaAiClient.class, BlockingClient.class, AsyncClient.class, ReactiveClient.class, 7, 4),
        BATCH(Batch.class, JavaBatch.class, BlockingBatch.class, AsyncBatch.class, ReactiveBatch.class, 1, 2),
        BATCH_FILE(
                BatchFile.class,
                JavaBatchFile.class,
                BlockingBatchFile.class,
                AsyncBatchFile.class,
                ReactiveBatchFile.class,
                1,
                0),
        CONVERSATION(
                Conversation.class,
                JavaConversation.class,
                BlockingConversation.class,
                AsyncConversation.class,
                ReactiveConversation.class,
                2,
                3),
        LOCALLAB(
                LocalLabServer.class,
                JavaLocalLab.class,
                BlockingLocalLab.class,
                AsyncLocalLab.class,
                ReactiveLocalLab.class,
                11,
                0),
        OLLAMA(
                OllamaModels.class,
                JavaOllamaModels.class,
                BlockingOllamaModels.class,
                AsyncOllamaModels.class,
                ReactiveOllamaModels.class,
                3,
                1),
        WORKFLOW_EXECUTOR(
                WorkflowExecutor.class,
                JavaWorkflowExecutor.class,
                BlockingWorkflowExecutor.class,
                AsyncWorkflowExecutor.class,
                ReactiveWorkflowExecutor.class,
                2,
                2),
        WORKFLOW_RUN(
                WorkflowRun.class,
                JavaWorkflowRun.class,
                BlockingWorkflowRun.class,
                AsyncWorkflowRun.class,
                ReactiveWorkflowRun.class,
                2,
                1);

        final Class<?> core;
        final Class<?> java;
        final Class<?> blocking;
        final Class<?> async;
        final Class<?> reactive;
        final int suspends;
        final int flows;

        Client(
                Class<?> core,
                Class<?> java,
                Class<?> blocking,
                Class<?> async,
                Class<?> reactive,
                int suspends,
                int flows) {
            this.core = core;
            this.java = java;
            this.blocking = blocking;
            this.async = async;
            this.reactive = reactive;
            this.suspends = suspends;
            this.flows = flows;
        }
    }

    @ParameterizedTest
    @EnumSource
    void everySuspendFunctionIsInEveryView(Client client) {
        List<String> missing = new ArrayList<>();
        for (Method operation : operations(client)) {
            Class<?>[] parameters = operation.getParameterTypes();
            if (!isSuspend(operation)) continue;
            Class<?>[] own = inJava(Arrays.copyOf(parameters, parameters.length - 1));
            require(missing, client.blocking, operation.getName(), Object.class, own);
            require(missing, client.async, operation.getName(), CompletableFuture.class, own);
            require(missing, client.reactive, operation.getName(), Publisher.class, own);
        }
        assertEquals(List.of(), missing);
    }

    @ParameterizedTest
    @EnumSource
    void everyFlowIsInEveryView(Client client) {
        List<String> missing = new ArrayList<>();
        for (Method operation : operations(client)) {
            Class<?>[] own = inJava(operation.getParameterTypes());
            if (operation.getReturnType() != Flow.class) continue;
            Class<?>[] withCallback = Arrays.copyOf(own, own.length + 1);
            withCallback[own.length] = Consumer.class;
            require(missing, client.blocking, operation.getName(), BlockingStream.class, own);
            require(missing, client.async, operation.getName(), CompletableFuture.class, withCallback);
            require(missing, client.reactive, operation.getName(), Publisher.class, own);
        }
        assertEquals(List.of(), missing);
    }

    @ParameterizedTest
    @EnumSource
    void everythingElseIsOnTheJavaClientItself(Client client) {
        List<String> missing = new ArrayList<>();
        for (Method operation : operations(client)) {
            if (isSuspend(operation) || operation.getReturnType() == Flow.class) continue;
            // Where the core gives its like, Java gets one of Java's.
            Class<?> type = Arrays.stream(Client.values())
                    .filter(other -> other.core == operation.getReturnType())
                    .findFirst()
                    .<Class<?>>map(other -> other.java)
                    .orElse(operation.getReturnType());
            require(missing, client.java, operation.getName(), type, operation.getParameterTypes());
        }
        assertEquals(List.of(), missing);
    }

    @ParameterizedTest
    @EnumSource
    void theViewsOfferTheSameNames(Client client) {
        assertEquals(namesOf(client.blocking), namesOf(client.async));
        assertEquals(namesOf(client.blocking), namesOf(client.reactive));
    }

    @ParameterizedTest
    @EnumSource
    void thereIsSomethingToCompare(Client client) {
        assertTrue(operations(client).stream().filter(ParityTest::isSuspend).count() >= client.suspends);
        assertTrue(operations(client).stream()
                        .filter(o -> o.getReturnType() == Flow.class)
                        .count()
                >= client.flows);
    }

    /** What the core takes as a flow, Java gives as a publisher. */
    private static Class<?>[] inJava(Class<?>[] parameters) {
        return Arrays.stream(parameters)
                .map(type -> type == Flow.class ? Publisher.class : type)
                .toArray(Class<?>[]::new);
    }

    private static List<Method> operations(Client client) {
        return Arrays.stream(client.core.getDeclaredMethods())
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
