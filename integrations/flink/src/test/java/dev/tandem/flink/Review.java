package dev.tandem.flink;

/** An item. */
public record Review(int id, String text) {}
