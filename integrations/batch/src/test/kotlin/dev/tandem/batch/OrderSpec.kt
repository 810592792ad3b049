package dev.tandem.batch

import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.shuffle
import io.kotest.property.checkAll

class OrderSpec :
    StringSpec({
        "whatever the order they come in, they leave in their own" {
            checkAll(200, Arb.int(1..500)) { count ->
                val order = Order<Long> { it }
                val left = mutableListOf<Long>()
                checkAll(1, Arb.shuffle((0L until count).toList())) { shuffled ->
                    for (each in shuffled) {
                        order.add(each)
                        while (true) left += order.poll() ?: break
                    }
                }
                left shouldBe (0L until count).toList()
                order.rest() shouldBe emptyList()
            }
        }

        "the rest is in order, whatever is missing" {
            val order = Order<Long> { it }
            listOf(300L, 2L, 70L).forEach(order::add)
            order.poll() shouldBe null
            order.rest().shouldContainExactly(2, 70, 300)
        }
    })
