package dev.tandem.flink;

/** What a model makes of a review. */
public record Mood(String name, int strength) {}
