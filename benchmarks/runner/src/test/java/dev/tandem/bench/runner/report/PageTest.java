package dev.tandem.bench.runner.report;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {
    private final List<JsonObject> lines = new ArrayList<>();

    PageTest() {
        line("{'type':'machine','cores':2,'jdk':'17','load':0.1}");
        contender("tandem", "TANDEM");
        contender("swift", "PEER");
        contender("broken", "PEER");
    }

    @Test
    void aPeerThatIsAheadIsNamed() {
        finding("tandem", 1, "'cpu_us_per_op':50,'errors':0");
        finding("swift", 1, "'cpu_us_per_op':40,'errors':0");
        assertTrue(page().contains("| s1 | CPU µs / call | swift | 40 | 50 |"), this::page);
        assertTrue(page().contains("≤ 0.75 | 1.25 of swift | **not met** |"), this::page);
    }

    @Test
    void nobodyIsComparedToFiguresWithErrors() {
        finding("tandem", 1, "'cpu_us_per_op':50,'errors':0");
        finding("broken", 1, "'cpu_us_per_op':1,'errors':3,'first_error':'wrong answer: null'");
        assertTrue(page().contains("Nowhere in this run."), this::page);
        assertTrue(page().contains("- broken: errors, such as: wrong answer: null"), this::page);
    }

    @Test
    void aFailureIsShown() {
        finding("tandem", 1, "'cpu_us_per_op':50,'errors':0");
        finding("broken", 1, "'failure':'not done within 120 s'");
        assertTrue(page().contains("- broken: failed: not done within 120 s"), this::page);
    }

    @Test
    void figuresAreMediansWithTheirRange() {
        finding("tandem", 1, "'cpu_us_per_op':50,'errors':0");
        finding("tandem", 2, "'cpu_us_per_op':40,'errors':0");
        finding("tandem", 3, "'cpu_us_per_op':90,'errors':0");
        assertTrue(page().contains("50 (40–90)"), this::page);
        assertTrue(
                page().contains(
                                "| S1, CPU µs per call, suspend | ≤ 42 | 50 (40–90) | **not met** | ≤ 0.75 | not measured"),
                this::page);
    }

    @Test
    void theServersPortIsNotShown() {
        finding("broken", 1, "'failure':'java.net.ConnectException: 127.0.0.1:4711 refused'");
        assertFalse(page().contains("4711"), this::page);
    }

    @Test
    void theChartHasABarForEachFigure() {
        finding("tandem", 1, "'cpu_us_per_op':50,'errors':0");
        finding("broken", 1, "'failure':'x'");
        String svg = new Chart(new Results(lines)).svg();
        assertTrue(svg.contains("<rect class=\"tandem\""), svg);
        assertTrue(svg.contains("no figure"), svg);
    }

    private String page() {
        return new Page(new Results(lines)).text();
    }

    private void contender(String name, String group) {
        line("{'type':'contender','contender':'" + name + "','group':'" + group + "','version':'1','jars':1,'mb':1}");
    }

    private void finding(String contender, int round, String values) {
        line("{'type':'finding','contender':'" + contender + "','scenario':'s1','effort':'FULL','round':" + round + ","
                + values + "}");
    }

    private void line(String json) {
        lines.add(new Gson().fromJson(json, JsonObject.class));
    }
}
