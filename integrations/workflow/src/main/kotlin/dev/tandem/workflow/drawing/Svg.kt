package dev.tandem.workflow.drawing

import java.util.Locale

/** A picture that is being written, of texts, boxes and lines by the classes of [STYLE]. Sizes are in pixels, texts are escaped. */
internal class Svg {
    private val written = StringBuilder()

    /** All of it, [width] by [height], on white. [title] and [description] are for those who do not see it. */
    fun whole(width: Double, height: Double, title: String, description: String): String {
        val size = "width=\"${number(width)}\" height=\"${number(height)}\""
        val box = "0 0 ${number(width)} ${number(height)}"
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"$box\" $size role=\"img\" font-family=\"$FONTS\">\n" +
            "<title>${escaped(title)}</title>\n<desc>${escaped(description)}</desc>\n" +
            "$STYLE<rect $size rx=\"6\" fill=\"#fff\"/>\n$written</svg>\n"
    }

    /** What is drawn by [draw] tells [tip] to whoever points at it. */
    inline fun group(tip: String, draw: () -> Unit) {
        tag("<g><title>${escaped(tip)}</title>")
        draw()
        tag("</g>")
    }

    fun text(kind: String, x: Double, y: Double, size: Double, text: String) {
        tag("<text class=\"$kind\" x=\"${number(x)}\" y=\"${number(y)}\" font-size=\"${number(size)}\">${escaped(text)}</text>")
    }

    /** Never so narrow that it could not be seen. */
    fun box(kind: String, from: Double, to: Double, top: Double, height: Double) {
        val width = (to - from).coerceAtLeast(NARROWEST)
        val round = minOf(ROUND, height / 2, width / 2)
        val size = "width=\"${number(width)}\" height=\"${number(height)}\" rx=\"${number(round)}\""
        tag("<rect class=\"$kind\" x=\"${number(from)}\" y=\"${number(top)}\" $size/>")
    }

    fun dot(kind: String, x: Double, y: Double, radius: Double) {
        tag("<circle class=\"$kind\" cx=\"${number(x)}\" cy=\"${number(y)}\" r=\"${number(radius)}\"/>")
    }

    fun upright(kind: String, x: Double, top: Double, bottom: Double) {
        tag("<path class=\"$kind\" d=\"M${number(x)} ${number(top)}V${number(bottom)}\"/>")
    }

    fun cross(x: Double, y: Double, arm: Double) {
        val ways = "M${number(x - arm)} ${number(y - arm)}L${number(x + arm)} ${number(y + arm)}" +
            "M${number(x + arm)} ${number(y - arm)}L${number(x - arm)} ${number(y + arm)}"
        tag("<path class=\"cross\" d=\"$ways\"/>")
    }

    fun tag(tag: String) {
        written.append(tag).append('\n')
    }

    companion object {
        private const val NARROWEST = 2.0
        private const val ROUND = 3.0
        private const val FONTS = "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif"

        /** Blue, and striped vermilion: told apart by the colour-blind, and without any colour. */
        private const val STYLE = "<style>\n" +
            "text { fill: #24292f; paint-order: stroke; stroke: #fff; stroke-width: 3px; stroke-linejoin: round }\n" +
            ".title, .part { font-weight: 600 } .quiet, .mark { fill: #6e7781 } .bad { fill: #a8330c }\n" +
            ".name { text-anchor: end } .mark { text-anchor: middle } .grid { stroke: #e4e8ec }\n" +
            ".done { fill: #3f7cb8 } .failed { fill: url(#failed) } circle.failed { fill: #d55e00 } .wait { fill: #8c959f }\n" +
            ".pause { fill: #b9c6d3 } .many { fill: #d5e3f0 } .one { opacity: .35 }\n" +
            ".cross { stroke: #a8330c; stroke-width: 1.8; stroke-linecap: round; fill: none }\n" +
            "</style>\n" +
            "<pattern id=\"failed\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">" +
            "<rect width=\"5\" height=\"5\" fill=\"#d55e00\"/><rect width=\"1.6\" height=\"5\" fill=\"#f3b285\"/></pattern>\n"

        /** What XML has no word for is taken out here too, whoever has forgotten it. */
        fun escaped(text: String): String = Labels
            .cut(text.replace('\n', ' '), Int.MAX_VALUE)
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")

        /** With one digit behind the point, and none where it is a zero. */
        fun number(value: Double): String = String.format(Locale.ROOT, "%.1f", value).removeSuffix(".0")
    }
}
