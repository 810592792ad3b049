package dev.tandem.examples.webchat.chat;

import java.time.Duration;

/**
 * What a server bears.
 *
 * @param chats at the same time; the one that was quiet longest is forgotten for a new one
 * @param turns that a chat shows again
 * @param sentTurns of these, the last, that the model is told again
 * @param questionChars that a question may have
 * @param answerChars after which an answer is cut, whatever the model was asked for
 * @param heartbeat how long nothing may be written to a browser: only writing shows that it is gone
 */
public record Limits(int chats, int turns, int sentTurns, int questionChars, int answerChars, Duration heartbeat) {
    public static final Limits STANDARD = new Limits(100, 50, 10, 4_000, 20_000, Duration.ofSeconds(2));

    public Limits withSentTurns(int count) {
        return new Limits(chats, turns, count, questionChars, answerChars, heartbeat);
    }
}
