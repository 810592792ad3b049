package dev.tandem.pipeline

/** One of several targets that may have the same name. */
internal interface AddressedTarget : Target {
    /** Where and as whom is asked, in a text that shows no key: the same in every program that asks there as this one does. */
    val identity: String

    /** Whose state goes back with a message. */
    val stateOwner: String get() = name
}
