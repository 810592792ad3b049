package dev.tandem.platform

/** The ways in which an exchange can fail without an answer. */
internal enum class Breakdown { REFUSED, HOST_UNKNOWN, TLS, CONNECT_TIMEOUT, IDLE_TIMEOUT, LOST }
