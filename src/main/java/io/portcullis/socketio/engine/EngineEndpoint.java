package io.portcullis.socketio.engine;

import io.portcullis.socketio.config.EndpointConfig;
import io.portcullis.socketio.config.Key;
import io.portcullis.socketio.config.TransportName;
import java.time.Duration;
import java.util.List;

/**
 * Immutable. One endpoint as its sessions see it.
 *
 * @param config all values
 * @param listener the layer above
 * @param transports those allowed
 * @param pingInterval nanoseconds between pings
 * @param pingTimeout nanoseconds to wait for a pong
 * @param upgradeTimeout nanoseconds for a whole change of transport
 * @param closeTimeout nanoseconds that the news of a close waits
 * @param maxPayload bytes
 * @param sendQueue packets
 * @param sendQueueBytes bytes
 */
public record EngineEndpoint(
        EndpointConfig config,
        SessionListener listener,
        List<TransportName> transports,
        long pingInterval,
        long pingTimeout,
        long upgradeTimeout,
        long closeTimeout,
        int maxPayload,
        int sendQueue,
        int sendQueueBytes) {

    /**
     * Takes what is needed from the configuration.
     *
     * @param config all values
     * @param listener the layer above
     * @return the endpoint
     */
    public static EngineEndpoint of(EndpointConfig config, SessionListener listener) {
        return new EngineEndpoint(
                config,
                listener,
                config.get(Key.TRANSPORTS),
                nanos(config, Key.PING_INTERVAL),
                nanos(config, Key.PING_TIMEOUT),
                nanos(config, Key.UPGRADE_TIMEOUT),
                // who has not polled for as long as a ping may take will not poll again
                Math.min(
                        nanos(config, Key.CLOSE_TIMEOUT),
                        nanos(config, Key.PING_INTERVAL) + nanos(config, Key.PING_TIMEOUT)),
                config.get(Key.MAX_PAYLOAD),
                config.get(Key.SEND_QUEUE),
                config.get(Key.SEND_QUEUE_BYTES));
    }

    private static long nanos(EndpointConfig config, Key<Duration> key) {
        return config.get(key).toNanos();
    }

    /**
     * Whether a session that starts on a transport may change to WebSocket.
     *
     * @param transport the transport's name
     * @return what the open packet offers
     */
    public boolean offersUpgrade(String transport) {
        return transport.equals(TransportName.POLLING.text())
                && transports.contains(TransportName.WEBSOCKET)
                && config.get(Key.ALLOW_UPGRADES);
    }

    /** The open packet. Source: Engine.IO protocol 4, "Handshake". */
    EnginePacket openPacket(String sid, String transport) {
        String upgrades = offersUpgrade(transport) ? "\"websocket\"" : "";
        return EnginePacket.text(
                EnginePacket.Type.OPEN,
                "{\"sid\":\"" + sid + "\",\"upgrades\":[" + upgrades + "],\"pingInterval\":"
                        + millis(pingInterval) + ",\"pingTimeout\":" + millis(pingTimeout) + ",\"maxPayload\":"
                        + maxPayload + "}");
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }
}
