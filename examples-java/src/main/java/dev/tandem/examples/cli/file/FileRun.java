package dev.tandem.examples.cli.file;

import dev.tandem.accounting.Budget;
import dev.tandem.batch.BatchProgress;
import dev.tandem.batch.BatchStop;
import dev.tandem.batch.BatchStoppedException;
import dev.tandem.batch.file.BatchSummary;
import dev.tandem.batch.file.OutputException;
import dev.tandem.examples.cli.shell.Exit;
import dev.tandem.examples.cli.shell.Interrupts;
import dev.tandem.examples.cli.shell.Refusal;
import dev.tandem.examples.cli.shell.Shell;
import dev.tandem.examples.cli.shell.Words;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaBatchFile;
import dev.tandem.journal.JournalException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A file becomes a file, with a bar, until it is done or somebody wants it to end. */
public final class FileRun {
    private final Shell shell;
    private final String command;
    private final FileOptions options;
    private final BatchStop stop = new BatchStop();
    private final Display display;
    private volatile @Nullable BatchProgress last;

    /** {@code command} is its name on the command line. */
    public FileRun(Shell shell, String command, FileOptions options) {
        this.shell = shell;
        this.command = command;
        this.options = options;
        display = Display.on(shell);
    }

    /** What it ends with. {@code settings} may say more of how the file is read. */
    @SuppressWarnings("try") // Signals are heard as long as it runs, and nobody asks who hears them.
    public int run(JavaAiClient.Builder client, UnaryOperator<JavaBatchFile.Builder> settings) {
        refuseForgottenJournal();
        limit(client);
        try (JavaAiClient ai = client.build();
                Interrupts interrupts = Interrupts.heard(this::end, this::endAtOnce)) {
            JavaBatchFile file = settings.apply(JavaBatchFile.builder(ai, options.input(), options.output())
                            .journal(options.journal())
                            .progress(this::hear)
                            .batch(batch -> batch.concurrency(options.concurrency())
                                    .afterFailure(options.afterFailure())
                                    .stop(stop)))
                    .build();
            return done(file.blocking().run());
        } catch (BatchStoppedException e) {
            last = e.getProgress();
            return unfinished(e.getCause() == null ? null : e.getCause().getMessage());
        } catch (OutputException e) {
            return unfinished(e.getMessage());
        } catch (JournalException e) {
            if (!isOfDisk(e.getCause())) throw e;
            return unfinished(e.getMessage());
        } finally {
            display.close();
        }
    }

    private void refuseForgottenJournal() {
        if (options.isResumed() || !Files.exists(options.journal())) return;
        throw new Refusal(
                options.journal() + " is there from an earlier run: pass --resume to go on with it, or remove it and "
                        + options.output() + " to begin anew");
    }

    private void limit(JavaAiClient.Builder client) {
        options.budget().ifPresent(usd -> client.budget(Budget.ofUsd(usd)));
        if (options.requestsPerMinute().isEmpty() && options.tokensPerMinute().isEmpty()) return;
        client.rateLimit(
                limits -> limits.requestsPerMinute(options.requestsPerMinute().orElse(null))
                        .tokensPerMinute(options.tokensPerMinute().orElse(null)));
    }

    private void hear(BatchProgress progress) {
        last = progress;
        display.show(progress);
    }

    private void end() {
        BatchProgress now = last;
        // Before it is said: nothing is begun after that.
        stop.stop();
        display.say((now == null
                        ? "Stopping"
                        : "Stopping: " + now.getRunning() + " lines under way are brought to their end")
                + ". Ctrl-C once more ends at once.");
    }

    /** The journal is as good as after a crash: what is in it stays done. */
    private void endAtOnce() {
        display.say("Ended at once. To go on:\n  " + resume());
        Runtime.getRuntime().halt(Exit.KILLED);
    }

    private int done(BatchSummary summary) {
        BatchProgress progress = summary.getProgress();
        display.close();
        if (options.budget().isPresent()
                && progress.getUsd() == 0
                && progress.getUsage().getTotalTokens() > 0) {
            shell.err().println("tandem: no price is known of these models, so --budget has held nothing back");
        }
        int exit = progress.getFailed() == 0 ? Exit.DONE : Exit.FAILED;
        Report report = new Report(
                exit, progress, summary.getUnreadableLines(), summary.getOutput(), summary.getJournal(), null, null);
        shell.out().println(options.isJson() ? report.json().toString() : report.text());
        return exit;
    }

    /** {@code why} is null where somebody wanted it so. */
    private int unfinished(@Nullable String why) {
        display.close();
        BatchProgress progress = last;
        String place =
                progress == null ? "" : " after " + progress.getFinished() + " of " + progress.getTotal() + " lines";
        String problem = why == null
                ? "stopped" + place
                : "ended early" + place + ": " + Words.withoutKeys(Words.printable(why), shell.environment());
        shell.err()
                .println("tandem: " + problem + (why == null ? "; what is done stays done" : "") + ". To go on:\n  "
                        + resume());
        if (options.isJson()) {
            Report report = new Report(
                    Exit.UNFINISHED, progress, List.of(), options.output(), options.journal(), problem, resume());
            shell.out().println(report.json());
        }
        return Exit.UNFINISHED;
    }

    private String resume() {
        return shell.launch().with(command, "--resume");
    }

    /** A disk that is full or broken, not a file that could not be opened. */
    private static boolean isOfDisk(@Nullable Throwable cause) {
        return cause instanceof IOException
                && !(cause instanceof FileNotFoundException)
                && !(cause instanceof FileSystemException);
    }
}
