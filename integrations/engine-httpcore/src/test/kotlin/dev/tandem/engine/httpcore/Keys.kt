package dev.tandem.engine.httpcore

import java.nio.file.Files
import java.nio.file.Path
import java.security.KeyStore
import java.util.concurrent.TimeUnit
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext
import javax.net.ssl.TrustManagerFactory

/** A key for `localhost`, made on the spot: who has it, and who trusts it. */
internal object Keys {
    private const val PASSWORD = "not-a-secret"
    private val store: KeyStore by lazy(::make)

    val server: SSLContext by lazy {
        val managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm()).apply { init(store, PASSWORD.toCharArray()) }
        SSLContext.getInstance("TLS").apply { init(managers.keyManagers, null, null) }
    }

    val client: SSLContext by lazy {
        val trusted = KeyStore.getInstance("PKCS12").apply {
            load(null, null)
            setCertificateEntry("server", store.getCertificate("server"))
        }
        val managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm()).apply { init(trusted) }
        SSLContext.getInstance("TLS").apply { init(null, managers.trustManagers, null) }
    }

    private fun make(): KeyStore {
        val folder = Files.createTempDirectory("tandem-keys")
        val file = folder.resolve("keys.p12")
        try {
            val tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString()
            val words = "-genkeypair -alias server -keyalg EC -dname CN=localhost -ext san=dns:localhost " +
                "-storetype PKCS12 -storepass $PASSWORD -keystore $file"
            val made = ProcessBuilder(listOf(tool) + words.split(' ')).redirectErrorStream(true).start()
            check(made.waitFor(30, TimeUnit.SECONDS) && made.exitValue() == 0) { "keytool failed" }
            return KeyStore.getInstance("PKCS12").apply { Files.newInputStream(file).use { load(it, PASSWORD.toCharArray()) } }
        } finally {
            Files.deleteIfExists(file)
            Files.delete(folder)
        }
    }
}
