package dev.tandem.examples.cli.file;

import dev.tandem.resilience.Concurrency;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 16}, {@code auto} and {@code auto:200}. */
public final class AtOnce implements ITypeConverter<Concurrency> {
    private static final String AUTO = "auto";
    private static final int MOST = 100;

    @Override
    public Concurrency convert(String text) {
        if (text.equals(AUTO)) return Concurrency.adaptive(MOST);
        boolean isAuto = text.startsWith(AUTO + ":");
        int number = numberIn(isAuto ? text.substring(AUTO.length() + 1) : text, text);
        return isAuto ? Concurrency.adaptive(number) : Concurrency.atMost(number);
    }

    private static int numberIn(String digits, String text) {
        try {
            int number = Integer.parseInt(digits);
            if (number >= 1) return number;
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new TypeConversionException("'" + text + "' is no number of calls: say 16, auto or auto:200");
    }
}
