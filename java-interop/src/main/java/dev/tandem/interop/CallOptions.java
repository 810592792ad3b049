package dev.tandem.interop;

import dev.tandem.model.Options;
import dev.tandem.model.OptionsBuilder;
import dev.tandem.model.Timer;
import dev.tandem.model.ToolDefinition;
import dev.tandem.model.ToolPolicy;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * {@link Options} for one call: {@code CallOptions.builder().temperature(0.2).timeout(Duration.ofSeconds(30)).build()}.
 * The same as {@link Options#builder()}, with Java's own durations.
 */
public final class CallOptions extends OptionsBuilder<CallOptions> {
    private CallOptions() {}

    /** Everything left open. */
    public static CallOptions builder() {
        return new CallOptions();
    }

    /** The whole call's time, from the moment it is made to its last item. */
    public CallOptions timeout(Duration timeout) {
        return timeoutMillis(timeout.toMillis());
    }

    /** How long {@code timer} may run. */
    public CallOptions timer(Timer timer, Duration limit) {
        return timerMillis(timer, limit.toMillis());
    }

    /** {@code toolPolicy(p -> p.maxRounds(5).timeoutMillis(10_000))} */
    public CallOptions toolPolicy(Consumer<ToolPolicy.Builder> settings) {
        ToolPolicy.Builder policy = ToolPolicy.builder();
        settings.accept(policy);
        return toolPolicy(policy.build());
    }

    /** The tools that the model may ask for. */
    public CallOptions tools(ToolDefinition... tools) {
        return tools(Arrays.asList(tools));
    }

    /** What has been set so far. */
    public Options build() {
        return toOptions();
    }
}
