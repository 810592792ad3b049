package dev.tandem.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.Dispatchers;
import org.junit.jupiter.api.Test;

class WorkerThreadsTest {
    @Test
    void thereIsOneAtLeast() {
        for (int threads : new int[] {0, -1, Integer.MAX_VALUE}) {
            IllegalArgumentException wrong =
                    assertThrows(IllegalArgumentException.class, () -> WorkerThreads.configure(threads));
            assertTrue(wrong.toString().contains("but are " + threads), wrong.toString());
        }
    }

    @Test
    void onceInUseTheyCannotBeOthers() {
        int now = WorkerThreads.count();
        int other = now == 1 ? 2 : now - 1;
        WorkerThreads.configure(now);
        IllegalStateException late = assertThrows(IllegalStateException.class, () -> WorkerThreads.configure(other));
        assertTrue(late.toString().contains("there are " + now + " worker threads already"), late.toString());
        assertEquals(now, WorkerThreads.count());
    }

    @Test
    void inANewProcessThereAreNoMore() throws Exception {
        assertEquals("1 1", said("1"));
        assertEquals("3 3", said("3"));
    }

    private static String said(String threads) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Busy.class.getName(),
                        threads)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said.strip();
    }

    /** Has more to do than there are workers, and says how many there are to be, and how many worked at once. */
    static final class Busy {
        private static final int TASKS = 20;

        private Busy() {}

        public static void main(String[] args) throws InterruptedException {
            int threads = Integer.parseInt(args[0]);
            WorkerThreads.configure(threads);
            AtomicInteger atWork = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            CountDownLatch allAtWork = new CountDownLatch(threads);
            CountDownLatch over = new CountDownLatch(TASKS);
            for (int i = 0; i < TASKS; i++) {
                Dispatchers.getDefault().dispatch(EmptyCoroutineContext.INSTANCE, () -> {
                    most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                    allAtWork.countDown();
                    try {
                        allAtWork.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    atWork.decrementAndGet();
                    over.countDown();
                });
            }
            over.await();
            System.out.println(WorkerThreads.count() + " " + most);
        }
    }
}
