package dev.tandem.spring.example;

import dev.tandem.interop.JavaAiClient;
import org.springframework.stereotype.Service;

@Service
class Answers {
    private final JavaAiClient ai;

    Answers(JavaAiClient ai) {
        this.ai = ai;
    }

    String to(String question) {
        return ai.blocking().generate(question);
    }
}
