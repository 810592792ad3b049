package dev.tandem.examples.cli;

import dev.tandem.error.AiException;
import dev.tandem.examples.cli.shell.Exit;
import dev.tandem.examples.cli.shell.Refusal;
import dev.tandem.examples.cli.shell.Shell;
import dev.tandem.examples.cli.shell.Words;
import dev.tandem.journal.JournalException;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What went wrong, in one line, and never with a key. */
final class Failures {
    private final Shell shell;

    Failures(Shell shell) {
        this.shell = shell;
    }

    /** What was not understood. Values of unknown options stay unsaid: one may be a key. */
    int ofWords(ParameterException error) {
        String problem = error instanceof UnmatchedArgumentException unmatched
                ? unmatchedIn(unmatched)
                : String.valueOf(error.getMessage());
        say(problem + "; see " + error.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return Exit.USAGE;
    }

    void tell(Throwable error, boolean isVerbose) {
        String message = error.getMessage();
        say(message == null || !isExpected(error) ? error.toString() : message);
        if (isVerbose) {
            StringWriter trace = new StringWriter();
            error.printStackTrace(new PrintWriter(trace));
            shell.err().print(clean(trace.toString()));
        }
    }

    static int codeOf(Throwable error) {
        return error instanceof Refusal
                        || error instanceof IllegalArgumentException
                        || error instanceof JournalException
                ? Exit.USAGE
                : Exit.FAILED;
    }

    private static boolean isExpected(Throwable error) {
        return codeOf(error) == Exit.USAGE || error instanceof AiException;
    }

    private static String unmatchedIn(UnmatchedArgumentException error) {
        String first = error.getUnmatched().get(0);
        if (error.getCommandLine().getParent() == null && !first.startsWith("-")) {
            return "there is no such command: it is one of "
                    + String.join(", ", error.getCommandLine().getSubcommands().keySet());
        }
        return first.startsWith("-")
                ? "there is no option " + first.replaceFirst("=.*", "")
                : "there is one word too many, or an unknown option before it";
    }

    private void say(String text) {
        shell.err().println("tandem: " + clean(text.strip()).replaceAll("\\s*\\n\\s*", " "));
    }

    private String clean(String text) {
        return Words.withoutKeys(Words.printable(text), shell.environment());
    }
}
