package sample

import dev.tandem.AiClient
import dev.tandem.provider.TokenSource
import dev.tandem.provider.openai.OpenAi

/** One for the whole process. [session] signs in at your server, whose [url] this is. */
fun newClient(url: String, session: TokenSource): AiClient {
    val server = OpenAi
        .builder()
        .baseUrl(url)
        .tokens(session)
        .build()
    return AiClient(server) { model = "chat" }
}
