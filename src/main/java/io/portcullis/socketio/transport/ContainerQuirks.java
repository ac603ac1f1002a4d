package io.portcullis.socketio.transport;

import java.util.Locale;

/**
 * Immutable. What differs between application servers, each with server, version, symptom and remedy. Everything else in
 * this package is the same for all.
 *
 * @param blockingSend Open Liberty 26.0.0.3: a message through the asynchronous remote costs twice as much as through the
 *     blocking one. But a blocking send never returns while the client does not read, nor once the container has dropped
 *     the connection; {@link SendCredit} and {@link WebSocketTransport#lost} keep it from both. WildFly 39 is the other way
 *     round.
 * @param closeOvertakes WildFly 39.0.1: a close or an error is reported on an I/O thread while messages that came before wait
 *     for a worker, so that the last words of a client would be lost; the end is seen to a little later.
 * @param completeOnExecutor Payara 6.2025.10: a request thread that completes another request's asynchronous context
 *     loses its own request scope, and whoever completes one runs the next request of that connection, however long it takes;
 *     polls and posts are completed on the managed executor.
 */
record ContainerQuirks(boolean blockingSend, boolean closeOvertakes, boolean completeOnExecutor) {

    static ContainerQuirks of(String serverInfo) {
        String server = serverInfo.toLowerCase(Locale.ROOT);
        boolean liberty = server.contains("liberty");
        boolean wildFly = server.contains("wildfly") || server.contains("undertow");
        boolean payara = server.contains("payara");
        return new ContainerQuirks(liberty, wildFly, payara);
    }
}
