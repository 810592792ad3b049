package dev.tandem.bench.floor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Reads the vectors of an embeddings answer. */
public final class Numbers {
    private static final byte[] MEMBER = "\"embedding\":".getBytes(StandardCharsets.ISO_8859_1);
    private static final double[] POWERS = powersOfTen();
    private static final int USUAL_SIZE = 1536;

    private final byte[] json;
    private int at;

    private Numbers(byte[] json) {
        this.json = json;
    }

    /** How many numbers there are in all. */
    public static long count(byte[] json) {
        return new Numbers(json)
                .vectors().stream().mapToLong(vector -> vector.length).sum();
    }

    private List<float[]> vectors() {
        List<float[]> vectors = new ArrayList<>();
        while ((at = Content.find(json, at, json.length, MEMBER)) >= 0) {
            at += MEMBER.length;
            vectors.add(json[at] == '"' ? decoded() : parsed());
        }
        return vectors;
    }

    private float[] decoded() {
        int begin = ++at;
        while (json[at] != '"') at++;
        ByteBuffer bytes = Base64.getDecoder().decode(ByteBuffer.wrap(json, begin, at - begin));
        float[] vector = new float[bytes.remaining() / Float.BYTES];
        bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }

    private float[] parsed() {
        float[] vector = new float[USUAL_SIZE];
        int size = 0;
        while (json[at] != ']') {
            at++;
            if (size == vector.length) vector = Arrays.copyOf(vector, size * 2);
            vector[size++] = number();
        }
        return Arrays.copyOf(vector, size);
    }

    /** Exact to the last bit but one, which is what a floor may be. */
    private float number() {
        boolean negative = json[at] == '-';
        if (negative) at++;
        long digits = integer(0);
        int exponent = 0;
        if (json[at] == '.') {
            int point = ++at;
            digits = integer(digits);
            exponent = point - at;
        }
        if (json[at] == 'E' || json[at] == 'e') exponent += exponent();
        double value = exponent < 0 ? digits / POWERS[-exponent] : digits * POWERS[exponent];
        return (float) (negative ? -value : value);
    }

    private int exponent() {
        at++;
        boolean negative = json[at] == '-';
        if (negative || json[at] == '+') at++;
        int value = (int) integer(0);
        return negative ? -value : value;
    }

    private long integer(long begin) {
        long value = begin;
        for (; json[at] >= '0' && json[at] <= '9'; at++) value = value * 10 + json[at] - '0';
        return value;
    }

    private static double[] powersOfTen() {
        double[] powers = new double[32];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) powers[i] = powers[i - 1] * 10;
        return powers;
    }
}
