package dev.tandem.examples.cli.file;

import dev.tandem.batch.AfterFailure;
import dev.tandem.examples.cli.shell.Refusal;
import dev.tandem.resilience.Concurrency;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which file becomes which, and how fast. */
public final class FileOptions {
    private static final int AT_ONCE = 16;

    @Parameters(index = "0", paramLabel = "IN", description = "JSONL, one request a line; OpenAI's batch format too.")
    private Path input = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT", description = "JSONL, one answer a line, in the order of IN.")
    private Path output = Path.of("");

    @Option(names = "--rpm", paramLabel = "COUNT", description = "Requests a minute, at most.")
    private @Nullable Integer requestsPerMinute;

    @Option(names = "--tpm", paramLabel = "COUNT", description = "Tokens a minute, at most.")
    private @Nullable Long tokensPerMinute;

    @Option(
            names = "--concurrency",
            paramLabel = "COUNT",
            converter = AtOnce.class,
            description =
                    "Lines at once: a number (16 unless given), or auto, or auto:200 for as many as the provider bears.")
    private @Nullable Concurrency concurrency;

    @Option(
            names = "--budget",
            paramLabel = "USD",
            description =
                    "What this run may cost, in US dollars. It ends when that is spent, and can go on with another.")
    private @Nullable Double budget;

    @Option(names = "--resume", description = "Go on where an earlier run with the same journal ended.")
    private boolean isResumed;

    @ArgGroup
    private Failed failed = new Failed();

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "What remembers what is done; OUT.journal unless given.")
    private @Nullable Path journal;

    @Option(names = "--json", description = "One JSON object on standard output at the end, in place of the summary.")
    private boolean isJson;

    /** What becomes of lines that failed in an earlier run. Unless set, those are tried again whose error may go away. */
    static final class Failed {
        @Option(names = "--retry-failed", description = "Ask again for all lines that failed in an earlier run.")
        private boolean isRetried;

        @Option(
                names = "--keep-failed",
                description = "Ask for none of them. Without either, for those whose error may go away.")
        private boolean isKept;
    }

    Path input() {
        return input;
    }

    Path output() {
        return output;
    }

    Optional<Integer> requestsPerMinute() {
        return Optional.ofNullable(requestsPerMinute);
    }

    Optional<Long> tokensPerMinute() {
        return Optional.ofNullable(tokensPerMinute);
    }

    Concurrency concurrency() {
        return concurrency == null ? Concurrency.atMost(AT_ONCE) : concurrency;
    }

    Optional<Double> budget() {
        return Optional.ofNullable(budget);
    }

    boolean isResumed() {
        return isResumed;
    }

    AfterFailure afterFailure() {
        if (failed.isRetried) return AfterFailure.RETRY;
        return failed.isKept ? AfterFailure.KEEP : AfterFailure.RETRY_IF_IT_MAY_HELP;
    }

    Path journal() {
        if (journal != null) return journal;
        Path name = output.getFileName();
        if (name == null)
            throw new Refusal("'" + output + "' is no name of a file: name the output, such as out.jsonl");
        return output.resolveSibling(name + ".journal");
    }

    boolean isJson() {
        return isJson;
    }
}
