package dev.tandem.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.junit.jupiter.api.Test;

class TaskScopeTest {
    @Test
    void closesAllInReverseWhicheverFails() {
        TaskScope scope = new TaskScope(nothing());
        List<String> closed = new ArrayList<>();
        scope.closing(() -> closed.add("first"));
        scope.closing(() -> {
            throw new IOException("second");
        });
        scope.closing(() -> {
            throw new IllegalStateException("third");
        });
        Exception failure = assertThrows(Exception.class, scope::close);
        assertEquals("third", failure.getMessage());
        assertEquals("second", failure.getSuppressed()[0].getMessage());
        assertEquals(List.of("first"), closed);
    }

    private static RuntimeContext nothing() {
        return (RuntimeContext) Proxy.newProxyInstance(
                TaskScopeTest.class.getClassLoader(),
                new Class<?>[] {RuntimeContext.class},
                (self, method, arguments) -> {
                    throw new AssertionError(method + " is not needed here");
                });
    }
}
