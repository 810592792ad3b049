package dev.tandem.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the process has used between its making and {@link #into}: wall time, CPU time of all threads, bytes, threads. */
public final class Meter {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Allocations allocations = new Allocations();
    private final long startedBefore = THREADS.getTotalStartedThreadCount();
    private final int liveBefore = THREADS.getThreadCount();
    private final long cpuBefore = SYSTEM.getProcessCpuTime();
    private final long begun = System.nanoTime();

    public Meter() {
        THREADS.resetPeakThreadCount();
    }

    public long wallNanos() {
        return System.nanoTime() - begun;
    }

    /** Adds what was used since, for each of {@code operations} where that makes sense. */
    public void into(Findings findings, long operations) {
        long wall = wallNanos();
        long cpu = SYSTEM.getProcessCpuTime() - cpuBefore;
        long bytes = allocations.bytes();
        long started = THREADS.getTotalStartedThreadCount() - startedBefore;
        long ended = started - (THREADS.getThreadCount() - liveBefore);
        findings.put("operations", operations);
        findings.put("wall_ms", wall / 1e6);
        findings.put("operations_per_s", operations / (wall / 1e9));
        findings.put("cpu_us_per_op", cpu / 1e3 / operations);
        findings.put("bytes_per_op", (double) bytes / operations);
        findings.put("threads", THREADS.getPeakThreadCount());
        // What ended threads allocated is lost before JDK 21, so say how many there were.
        findings.put("ended_threads", allocations.countsEndedThreads() ? 0 : ended);
        findings.put("rss_mb", peakResidentKb() / 1024.0);
    }

    private static long peakResidentKb() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
