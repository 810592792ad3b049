package dev.tandem.examples.webchat.chat;

/** A question and as much of its answer as there is. {@code note} says what to do, where there is something to do. */
public record Turn(String question, String answer, End end, String note) {}
