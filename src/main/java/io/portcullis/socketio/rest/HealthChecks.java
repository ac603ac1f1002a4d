package io.portcullis.socketio.rest;

import io.portcullis.socketio.ServerStatistics;
import io.portcullis.socketio.SocketServer;
import io.portcullis.socketio.security.StoreWatch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. What MicroProfile Health tells of this application: {@code socketio-startup}, {@code socketio-liveness} and
 * {@code socketio-readiness}. A server without MicroProfile Health does not see it.
 */
@ApplicationScoped
class HealthChecks {

    /** Heartbeats that come so late would already cost clients their connections. */
    private static final Duration LATEST_SWEEP = Duration.ofSeconds(10);

    @Inject
    SocketServer server;

    @Inject
    StoreWatch store;

    @SuppressWarnings("NullAway.Init") // the container injects
    HealthChecks() {}

    /** Up once the endpoints are open. */
    @Produces
    @Startup
    HealthCheck startup() {
        return () -> HealthCheckResponse.named("socketio-startup")
                .status(statistics() != null)
                .build();
    }

    /** Down when heartbeats and deadlines are no longer seen to. */
    @Produces
    @Liveness
    HealthCheck liveness() {
        return () -> {
            ServerStatistics now = statistics();
            boolean sweeps = now == null || now.sinceSweep().compareTo(LATEST_SWEEP) < 0;
            return HealthCheckResponse.named("socketio-liveness").status(sweeps).build();
        };
    }

    /** Up while new clients are welcome: the server is not being emptied, and what they do can be written down. */
    @Produces
    @Readiness
    HealthCheck readiness() {
        return () -> {
            ServerStatistics now = statistics();
            return HealthCheckResponse.named("socketio-readiness")
                    .withData("sessions", now == null ? 0 : now.sessions())
                    .withData("audit", store.isWritten() ? "written" : "waiting")
                    .withData("lost", store.lost())
                    .status(now != null && !server.isDraining() && store.isWritten())
                    .build();
        };
    }

    private @Nullable ServerStatistics statistics() {
        try {
            return server.statistics();
        } catch (IllegalStateException e) { // not started yet
            return null;
        }
    }
}
