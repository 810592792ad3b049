package dev.tandem.checks;

import java.util.TreeMap;

/**
 * What of a text is code: its comments and the insides of strings are blanked, place for place and line for line. In Kotlin a
 * string may hold code, which may hold strings: that is blanked too.
 */
final class Code {
    private final String text;
    private final boolean isKotlin;
    private final char[] code;

    /** Documentation comments, from their ends to their beginnings. */
    private final TreeMap<Integer, Integer> comments = new TreeMap<>();

    private int at;

    private Code(String text, boolean isKotlin) {
        this.text = text;
        this.isKotlin = isKotlin;
        this.code = text.toCharArray();
    }

    static Code ofKotlin(String text) {
        return new Code(text, true).read();
    }

    static Code ofJava(String text) {
        return new Code(text, false).read();
    }

    /** The documentation comment with only blanks between it and {@code place}; "" where there is none. */
    String commentBefore(int place) {
        var last = comments.floorEntry(place);
        if (last == null
                || !String.valueOf(code, last.getKey(), place - last.getKey()).isBlank()) return "";
        return text.substring(last.getValue(), last.getKey());
    }

    @Override
    public String toString() {
        return String.valueOf(code);
    }

    private Code read() {
        while (at < text.length()) {
            int from = at;
            if (skipOne()) blank(from);
        }
        return this;
    }

    /** Over one char of code, or over a whole comment or string; says whether it was the latter. */
    private boolean skipOne() {
        int from = at;
        if (isAt("//")) {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end;
        } else if (isAt("/*")) {
            skipComment();
            if (text.startsWith("/**", from)) comments.put(at, from);
        } else if (isAt("\"\"\"")) {
            skipString("\"\"\"");
        } else if (isAt("\"")) {
            skipString("\"");
        } else if (isAt("'")) {
            skipString("'");
        } else {
            // A name in backticks may hold quotes.
            int end = isKotlin && isAt("`") ? text.indexOf('`', at + 1) : -1;
            at = end < 0 ? at + 1 : end + 1;
            return false;
        }
        return true;
    }

    /** Those of Kotlin hold others. */
    private void skipComment() {
        int depth = 0;
        do {
            if (depth == 0 || (isKotlin && isAt("/*"))) {
                depth++;
                at += 2;
            } else if (isAt("*/")) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < text.length());
    }

    private void skipString(String quote) {
        boolean isRaw = quote.length() > 1;
        at += quote.length();
        while (at < text.length() && !isAt(quote) && (isRaw || !isAt("\n"))) {
            if (isAt("\\") && !(isRaw && isKotlin)) at += 2;
            else if (isAt("${") && isKotlin && !quote.equals("'")) skipTemplate();
            else at++;
        }
        at = Math.min(at + quote.length(), text.length());
        // A raw string may end with quotes of its own.
        while (isRaw && isAt("\"")) at++;
    }

    private void skipTemplate() {
        at += 2;
        for (int depth = 1; depth > 0 && at < text.length(); ) {
            if (isAt("{")) depth++;
            if (isAt("}")) depth--;
            skipOne();
        }
    }

    private boolean isAt(String what) {
        return text.startsWith(what, at);
    }

    private void blank(int from) {
        for (int i = from; i < at; i++) if (code[i] != '\n') code[i] = ' ';
    }
}
