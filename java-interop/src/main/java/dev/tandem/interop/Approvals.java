package dev.tandem.interop;

import dev.tandem.model.ToolApproval;
import dev.tandem.model.ToolCall;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who must agree before a tool is run, from Java: {@code toolPolicy(p -> p.approval(Approvals.of(call -> ask(call))))}. */
public final class Approvals {
    private Approvals() {}

    /**
     * Null lets the tool be run; text says why not, for the model. Asked on a thread where it may block; interrupted when the
     * call is given up.
     */
    public static ToolApproval of(Function<? super ToolCall, ? extends @Nullable String> objection) {
        return (call, k) -> Bridge.<@Nullable String>blocking(() -> objection.apply(call), k);
    }

    /** The same for who needs no thread to wait on. */
    public static ToolApproval ofFuture(
            Function<? super ToolCall, ? extends CompletionStage<@Nullable String>> objection) {
        return (call, k) -> Bridge.<@Nullable String>await(objection.apply(call), k);
    }
}
