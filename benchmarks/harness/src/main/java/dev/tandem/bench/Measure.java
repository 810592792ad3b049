package dev.tandem.bench;

import dev.tandem.bench.scenario.Effort;
import dev.tandem.bench.scenario.Scenario;
import dev.tandem.bench.scenario.Scenarios;
import java.io.IOException;
import java.nio.file.Path;

/** The measured JVM: one contender, one scenario. Arguments: contender class, scenario, base URL, effort, file for the findings. */
public final class Measure {
    private Measure() {}

    public static void main(String[] args) throws IOException {
        Findings findings = new Findings();
        Scenario scenario = Scenarios.named(args[1]);
        Site site = new Site(args[2], scenario.served().model(), scenario.atOnce());
        try (Contender contender = newContender(args[0], site)) {
            scenario.measure(contender, Effort.valueOf(args[3]), findings);
        } catch (NotOffered e) {
            findings.put("not_offered", e.getMessage());
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            e.printStackTrace();
            findings.put("failure", e.toString());
        }
        findings.writeTo(Path.of(args[4]));
        // Threads of clients that were not closed do not matter now.
        Runtime.getRuntime().halt(0);
    }

    private static Contender newContender(String className, Site site) throws ReflectiveOperationException {
        return (Contender) Class.forName(className).getConstructor(Site.class).newInstance(site);
    }
}
