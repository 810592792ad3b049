package dev.tandem.testing

import java.nio.file.Files
import java.nio.file.Path
import java.security.KeyStore
import java.util.concurrent.TimeUnit
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext

/** A TLS context that nobody trusts, with a key made on the spot. */
public object SelfSigned {
    private const val PASSWORD = "not-a-secret"

    /** Asks the running JDK's keytool for the key. */
    @JvmStatic
    public fun context(): SSLContext {
        val folder = Files.createTempDirectory("tandem-tls")
        val file = folder.resolve("keys.p12")
        try {
            keytool(file)
            val keys = KeyStore.getInstance("PKCS12").apply { Files.newInputStream(file).use { load(it, PASSWORD.toCharArray()) } }
            val managers = KeyManagerFactory
                .getInstance(
                    KeyManagerFactory.getDefaultAlgorithm(),
                ).apply { init(keys, PASSWORD.toCharArray()) }
            return SSLContext.getInstance("TLS").apply { init(managers.keyManagers, null, null) }
        } finally {
            Files.deleteIfExists(file)
            Files.delete(folder)
        }
    }

    private fun keytool(file: Path) {
        val tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString()
        val made =
            ProcessBuilder(
                tool,
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
            ).redirectErrorStream(true).start()
        check(made.waitFor(FakeServer.PATIENCE_SECONDS, TimeUnit.SECONDS) && made.exitValue() == 0) { "keytool failed" }
    }
}
