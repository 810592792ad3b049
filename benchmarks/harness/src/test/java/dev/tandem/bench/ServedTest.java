package dev.tandem.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ServedTest {
    @Test
    void travelsAsTheNameOfTheModel() {
        for (Served.Kind kind : Served.Kind.values()) {
            Served served = new Served(kind, 200_000, 20);
            assertEquals(served, Served.of(served.model()));
        }
    }
}
