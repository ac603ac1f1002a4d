package io.portcullis.socketio.engine;

import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.config.ServerConfig;
import io.portcullis.socketio.testing.ManualClock;
import io.portcullis.socketio.testing.RecordingTransport;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.json.JsonValue;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** An engine whose time stands still, and a listener that notes what happens. */
final class TestEngine implements SessionListener {

    static final Duration INTERVAL = Duration.ofSeconds(25);
    static final Duration TIMEOUT = Duration.ofSeconds(20);
    static final Duration UPGRADE_TIMEOUT = Duration.ofSeconds(10);

    final ManualClock clock = new ManualClock();
    final EngineContext context = new EngineContext(Runnable::run, clock.wheel(), clock, new Ids(new SecureRandom()));
    final SessionRegistry registry = new SessionRegistry(context);
    final EngineEndpoint endpoint;

    /** What the listener was told, but for the opening of sessions. */
    final List<String> events = Collections.synchronizedList(new ArrayList<>());

    /** With keys, without their prefix, and their values. */
    TestEngine(String... settings) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
        for (int i = 0; i < settings.length; i += 2) {
            builder.withDefaultValue("socketio." + settings[i], settings[i + 1]);
        }
        ServerConfig config = ServerConfig.from(builder.build());
        this.endpoint = EngineEndpoint.of(config.endpoints().get(0), this);
    }

    Session open(Transport transport) {
        return open(endpoint, transport);
    }

    Session open(EngineEndpoint where, Transport transport) {
        Handshake handshake = new Handshake(
                "default",
                "/",
                Map.of(),
                Map.of(),
                "127.0.0.1",
                false,
                false,
                Instant.EPOCH,
                null,
                JsonValue.EMPTY_JSON_OBJECT);
        return registry.open(where, handshake, transport, created -> {});
    }

    /** A poll comes. */
    static void poll(Session session, RecordingTransport transport) {
        transport.poll();
        session.pollArrived();
    }

    static EnginePacket packet(String text) {
        return EnginePacket.decode(text);
    }

    @Override
    public void message(Session session, String text) {
        events.add(text);
    }

    @Override
    public void message(Session session, byte[] data) {
        events.add("bytes " + data.length);
    }

    @Override
    public void upgraded(Session session) {
        events.add("upgraded");
    }

    @Override
    public void closed(Session session, DisconnectReason reason) {
        events.add("closed: " + reason);
    }
}
