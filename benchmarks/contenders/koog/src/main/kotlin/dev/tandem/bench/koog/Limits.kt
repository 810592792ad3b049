package dev.tandem.bench.koog

import dev.tandem.bench.Site
import okhttp3.Dispatcher

/** As many calls at once as the scenario makes; OkHttp's own limits are 64 in all and five for each host. */
internal fun unlimitedPerHost(site: Site) = Dispatcher().apply {
    maxRequests = maxOf(maxRequests, site.atOnce)
    maxRequestsPerHost = maxRequests
}
