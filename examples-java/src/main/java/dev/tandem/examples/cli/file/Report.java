package dev.tandem.examples.cli.file;

import dev.tandem.batch.BatchProgress;
import dev.tandem.examples.cli.shell.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a file.
 *
 * @param progress null where the run ended before it began
 * @param problem why it ended early; null where it did not
 * @param resume the line that goes on; null where all is done
 */
record Report(
        int exitCode,
        @Nullable BatchProgress progress,
        List<Long> unreadableLines,
        Path output,
        Path journal,
        @Nullable String problem,
        @Nullable String resume) {
    private static final int SHOWN_LINES = 20;

    String text() {
        StringBuilder text = new StringBuilder();
        if (progress != null) text.append(counts(progress));
        if (!unreadableLines.isEmpty()) text.append("\n  could not be read: ").append(unreadable());
        text.append("\n  output:  ").append(output);
        text.append("\n  journal: ").append(journal).append(" (nobody needs it who does not want to go on)");
        return text.toString();
    }

    /** The fields are for programs: they stay as they are named. */
    Json json() {
        Json json = new Json().put("exitCode", exitCode).put("finished", problem == null);
        if (progress != null) {
            json.put("total", progress.getTotal())
                    .put("done", progress.getDone())
                    .put("failed", progress.getFailed())
                    .put("resumed", progress.getResumed())
                    .put("cached", progress.getCached())
                    .put("retries", progress.getRetries())
                    .put("inputTokens", progress.getUsage().getInputTokens())
                    .put("outputTokens", progress.getUsage().getOutputTokens())
                    .put("usd", progress.getUsd())
                    .put("millis", progress.getElapsedMillis());
        }
        return json.put("unreadableLines", unreadableLines)
                .put("output", output)
                .put("journal", journal)
                .put("problem", problem)
                .put("resume", resume);
    }

    private static String counts(BatchProgress progress) {
        StringBuilder text = new StringBuilder()
                .append(progress.getDone() + " of " + progress.getTotal() + " lines answered, " + progress.getFailed()
                        + " failed\n  ");
        if (progress.getResumed() > 0) text.append(progress.getResumed()).append(" by earlier runs, ");
        if (progress.getCached() > 0) text.append(progress.getCached()).append(" from the cache, ");
        if (progress.getRetries() > 0) text.append(progress.getRetries()).append(" retries, ");
        text.append(progress.getUsage().getTotalTokens()).append(" tokens, ");
        if (progress.getUsd() > 0) text.append(Pace.dollars(progress.getUsd())).append(", ");
        return text.append(Pace.time(Duration.ofMillis(progress.getElapsedMillis())))
                .toString();
    }

    private String unreadable() {
        String shown = unreadableLines.stream()
                .limit(SHOWN_LINES)
                .map(n -> "line " + n)
                .collect(Collectors.joining(", "));
        return unreadableLines.size() > SHOWN_LINES
                ? shown + " and " + (unreadableLines.size() - SHOWN_LINES) + " more"
                : shown;
    }
}
