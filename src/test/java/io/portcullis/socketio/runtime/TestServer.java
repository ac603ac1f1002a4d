package io.portcullis.socketio.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.config.EndpointConfig;
import io.portcullis.socketio.config.ServerConfig;
import io.portcullis.socketio.engine.EngineContext;
import io.portcullis.socketio.engine.EngineEndpoint;
import io.portcullis.socketio.engine.EnginePacket;
import io.portcullis.socketio.engine.Ids;
import io.portcullis.socketio.engine.Session;
import io.portcullis.socketio.engine.SessionRegistry;
import io.portcullis.socketio.testing.ManualClock;
import io.portcullis.socketio.testing.RecordingTransport;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.json.JsonValue;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A server without a container: one namespace bean, time that stands still, and clients over WebSocket. */
final class TestServer {

    /** What observes the CDI events. */
    volatile Consumer<Object> observer = event -> {};

    final ManualClock clock = new ManualClock();
    final EndpointRuntime endpoint;
    private final SessionRegistry registry;
    private final EngineEndpoint engine;

    /** With keys, without their prefix, and their values. */
    TestServer(Object namespace, String... settings) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
        for (int i = 0; i < settings.length; i += 2) {
            builder.withDefaultValue("socketio." + settings[i], settings[i + 1]);
        }
        EndpointConfig config = ServerConfig.from(builder.build()).endpoints().get(0);
        this.registry = new SessionRegistry(
                new EngineContext(Runnable::run, clock.wheel(), clock, new Ids(new SecureRandom())));
        this.endpoint = new EndpointRuntime(config, registry, server(Handlers.bean(namespace)));
        this.engine = EngineEndpoint.of(config, endpoint);
    }

    private ServerRuntime server(NamespaceBean bean) {
        Event<?> events = fake(Event.class, argument -> {
            observer.accept(argument);
            return null;
        });
        BeanManager beans = fake(BeanManager.class, argument -> Set.of(fake(ObserverMethod.class, none -> null)));
        @SuppressWarnings("unchecked")
        ApplicationEvents applicationEvents = new ApplicationEvents((Event<Object>) events, beans);
        EventDispatcher dispatcher = new EventDispatcher(new RequestScope(), applicationEvents, Handlers.WRITER);
        return new ServerRuntime() {
            @Override
            List<NamespaceBean> beans() {
                return List.of(bean);
            }

            @Override
            ArgumentBinder binder() {
                return Handlers.BINDER;
            }

            @Override
            ArgumentWriter writer() {
                return Handlers.WRITER;
            }

            @Override
            EventDispatcher dispatcher() {
                return dispatcher;
            }
        };
    }

    private interface Answer {
        Object to(Object argument);
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> method.getName().equals("hashCode")
                        ? Integer.valueOf(System.identityHashCode(proxy))
                        : answer.to(arguments == null ? null : arguments[0])));
    }

    /** A client that has connected, but to no namespace. */
    TestClient connect() {
        RecordingTransport transport = RecordingTransport.webSocket();
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
        Session session = registry.open(engine, handshake, transport, created -> {});
        assertThat(transport.take()).hasSize(1);
        return new TestClient(session, transport);
    }

    /** The other end of a session. */
    record TestClient(Session session, RecordingTransport transport) {

        TestClient says(String text) {
            session.receive(EnginePacket.decode("4" + text));
            return this;
        }

        /** What it has received since the last call. */
        List<String> hears() {
            return transport.take();
        }

        /** Its connection is lost. */
        void isCutOff() {
            session.receive(EnginePacket.decode("1"));
        }
    }
}
