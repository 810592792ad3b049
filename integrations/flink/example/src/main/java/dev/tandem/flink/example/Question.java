package dev.tandem.flink.example;

/** A row. Flink knows records as it knows POJOs. */
public record Question(long id, String text) {}
