package dev.tandem.testing.page

import dev.tandem.structured.Description
import kotlinx.serialization.Serializable

@Serializable
data class Person(
    val name: String,
    @Description("in whole years") val age: Int,
    val city: String? = null,
)
