package dev.tandem.bench.runner.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One figure of all clients. Bars that are many times as long as Tandem's are cut, so that the others can be told apart. */
final class Panel {
    static final int WIDTH = 460;
    private static final int NAMES = 130;
    private static final int BARS = 230;
    private static final int TOP = 44;
    private static final int STEP = 17;
    private static final int BAR = 11;
    private static final double LONGEST = 5;

    private final Results results;
    private final Plot plot;

    Panel(Results results, Plot plot) {
        this.results = results;
        this.plot = plot;
    }

    /** What is drawn. */
    record Plot(String scenario, String title, Metric metric) {}

    static int height(Results results) {
        return TOP + results.contestants().size() * STEP + 14;
    }

    String svg() {
        StringBuilder svg = new StringBuilder();
        svg.append(text("title", 8, 20, plot.title()));
        svg.append(text("quiet", 8, 35, plot.metric().lowIsGood ? "short is good" : "long is good"));
        List<Contestant> all = results.contestants();
        double scale = BARS / longest();
        for (int i = 0; i < all.size(); i++) svg.append(row(all.get(i), TOP + i * STEP, scale));
        return svg.toString();
    }

    private String row(Contestant who, int y, double scale) {
        String name = text("", 8, y + BAR - 1, who.name());
        Optional<Stat> stat = results.stat(plot.scenario(), who, plot.metric());
        if (stat.isEmpty()) return name + text("quiet", NAMES, y + BAR - 1, "no figure");
        double median = stat.get().median();
        double length = Math.min(median * scale, BARS);
        boolean cut = median * scale > BARS + 1;
        String error = results.isSound(plot.scenario(), who) ? "" : ", with errors";
        return name
                + String.format(
                        Locale.ROOT,
                        "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n",
                        who.group().toLowerCase(Locale.ROOT),
                        NAMES,
                        y,
                        length,
                        BAR)
                + text("", NAMES + (int) length + 5, y + BAR - 1, (cut ? "» " : "") + Metric.shown(median) + error);
    }

    private double longest() {
        double longest = 0;
        double tandem = 0;
        for (Contestant who : results.contestants()) {
            double median = results.stat(plot.scenario(), who, plot.metric())
                    .map(Stat::median)
                    .orElse(0.0);
            longest = Math.max(longest, median);
            if (who.isTandem()) tandem = Math.max(tandem, median);
        }
        if (longest == 0) return 1;
        return tandem == 0 ? longest : Math.min(longest, tandem * LONGEST);
    }

    private static String text(String style, int x, int y, String words) {
        String escaped = words.replace("&", "&amp;").replace("<", "&lt;");
        return String.format(Locale.ROOT, "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>\n", style, x, y, escaped);
    }
}
