package dev.tandem.interop;

import dev.tandem.workflow.NodeFunction;
import dev.tandem.workflow.NodeInputs;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Functions that give a value, or a stage of one, as what a node does. */
final class NodeWork {
    private NodeWork() {}

    static NodeFunction function(Function<NodeInputs, @Nullable Object> work) {
        return (inputs, k) -> Bridge.<@Nullable Object>staged(() -> work.apply(inputs), value -> value, k);
    }
}
