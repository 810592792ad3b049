package dev.tandem.examples.cli.file;

import dev.tandem.batch.BatchProgress;
import dev.tandem.examples.cli.shell.Shell;

/** Shows on the error stream how far it is. May be told by several threads. */
interface Display extends AutoCloseable {
    void show(BatchProgress progress);

    /** Lines between, which stay. */
    void say(String text);

    @Override
    void close();

    /** A bar on a terminal, else lines. */
    static Display on(Shell shell) {
        return shell.isScreen(Shell.ERR) ? new BarDisplay(shell) : new LineDisplay(shell.err(), System::nanoTime);
    }
}
