package dev.tandem.flink;

import dev.tandem.interop.JavaAiClient;
import java.io.Serializable;

/**
 * Makes the client of one parallel task, where that task runs. It travels in the job graph, and so does all that it
 * captures: read the key inside it ({@code OpenAi.fromEnvironment()}), from the task manager's environment.
 */
@FunctionalInterface
public interface ClientFactory extends Serializable {
    /** A new client, which the task closes. Whatever else is opened for it goes through {@link TaskScope#closing}. */
    JavaAiClient create(TaskScope task) throws Exception;
}
