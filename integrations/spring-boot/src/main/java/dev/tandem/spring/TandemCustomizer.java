package dev.tandem.spring;

import dev.tandem.interop.JavaAiClient;

/**
 * Has the last word on the client of the application, after all properties: beans of this type are asked in their order.
 * For what is code, or has no property: alternatives, tools, masking, a shared cache.
 */
@FunctionalInterface
public interface TandemCustomizer {
    /** Changes what the client is made of. What it throws ends the start. */
    void customize(JavaAiClient.Builder client);
}
