package dev.tandem.interop;

import dev.tandem.workflow.NodeFunction;
import dev.tandem.workflow.NodeInputs;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Functions of Java's as what a node does: {@code TransformNode.of("words", NodeFunctions.of(in -> in.text().split(" ").length))}. They
 * give text, numbers, booleans, null, lists, maps, records, whatever else {@link dev.tandem.interop.type.JavaTypes} knows, or JSON.
 * They run on threads of their own and may block; an interrupt tells that the node is given up.
 */
public final class NodeFunctions {
    private NodeFunctions() {}

    /** Whatever {@code work} gives. */
    public static NodeFunction of(Function<? super NodeInputs, ? extends @Nullable Object> work) {
        return NodeWork.function(work::apply);
    }

    /** Whatever {@code work} begins; cancelled when the node is given up. */
    public static NodeFunction ofAsync(Function<? super NodeInputs, ? extends CompletionStage<?>> work) {
        return NodeWork.function(work::apply);
    }
}
