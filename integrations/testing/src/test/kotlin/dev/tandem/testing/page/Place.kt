package dev.tandem.testing.page

import kotlinx.serialization.Serializable

@Serializable
class Place(val city: String)
