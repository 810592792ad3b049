package dev.tandem.checks.reach;

import java.util.Comparator;
import java.util.List;

/** One thing that {@code caller} has looked up. {@code what} is a class, or a resource as seen from the root. */
record Lookup(String caller, Kind kind, String what, String member, List<String> parameters)
        implements Comparable<Lookup> {
    private static final Comparator<Lookup> ORDER = Comparator.comparing(Lookup::kind)
            .thenComparing(Lookup::what)
            .thenComparing(Lookup::caller)
            .thenComparing(Lookup::member)
            .thenComparing(lookup -> lookup.parameters().toString());

    enum Kind {
        CLASS,
        METHOD,
        FIELD,
        RESOURCE
    }

    @Override
    public int compareTo(Lookup other) {
        return ORDER.compare(this, other);
    }
}
