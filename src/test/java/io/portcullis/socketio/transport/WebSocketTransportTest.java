package io.portcullis.socketio.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.engine.EngineContext;
import io.portcullis.socketio.engine.EnginePacket;
import io.portcullis.socketio.engine.Ids;
import io.portcullis.socketio.engine.SessionRegistry;
import io.portcullis.socketio.engine.Transport.Closing;
import io.portcullis.socketio.testing.ManualClock;
import jakarta.websocket.PongMessage;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** With the blocking remote, as on Open Liberty, and a WebSocket of which each call is noted. */
class WebSocketTransportTest {

    private static final long SEND_TIMEOUT = 5_000;

    private final ManualClock clock = new ManualClock();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final List<DisconnectReason> failures = new ArrayList<>();
    private final List<SendHandler> handlers = new ArrayList<>();
    private ByteBuffer ping = ByteBuffer.allocate(0);
    private final CountDownLatch release = new CountDownLatch(1);
    private final EngineContext context =
            new EngineContext(Runnable::run, clock.wheel(), clock, new Ids(new SecureRandom()));
    private final WebSocketTransport transport = new WebSocketTransport(
            proxy(Session.class, (self, method, arguments) -> switch (method.getName()) {
                case "getBasicRemote" -> proxy(RemoteEndpoint.Basic.class, this::note);
                case "getAsyncRemote" -> proxy(RemoteEndpoint.Async.class, this::note);
                case "isOpen" -> true;
                default -> note(self, method, arguments);
            }),
            new Doors(
                    new SessionRegistry(context),
                    new ContainerQuirks(true, false, false),
                    Runnable::run,
                    new CloseQueue(context, Duration.ofSeconds(1)),
                    new CloseQueue(context, Duration.ofSeconds(10))),
            SEND_TIMEOUT,
            failures::add);

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Object note(Object self, Method method, Object[] arguments) throws InterruptedException {
        calls.add(method.getName());
        if (arguments != null && arguments.length == 2 && arguments[1] instanceof SendHandler handler) {
            handlers.add(handler);
        }
        if (method.getName().equals("sendPing")) {
            ping = (ByteBuffer) arguments[0];
        }
        if (arguments != null && "held".equals(arguments[0].toString().substring(1))) {
            release.await();
        }
        return null;
    }

    private boolean send(String text) {
        return transport.send(List.of(EnginePacket.message(text)), () -> calls.add("sent"));
    }

    private void answer(byte[] content) {
        transport.pong(proxy(PongMessage.class, (self, method, arguments) -> ByteBuffer.wrap(content)));
    }

    @Test
    void what_is_covered_goes_out_at_once() {
        assertThat(send("hello")).isTrue();
        assertThat(calls).containsExactly("setSendTimeout", "sendObject");
        assertThat(transport.isWritable()).isTrue();
    }

    @Test
    void what_is_not_covered_goes_out_asynchronously() {
        assertThat(send("x".repeat(20_000))).isFalse();
        assertThat(calls).containsExactly("setSendTimeout", "sendText");
        assertThat(transport.isWritable()).isFalse();

        handlers.get(0).onResult(new SendResult());

        assertThat(calls).endsWith("sent");
        assertThat(transport.isWritable()).isTrue();
    }

    @Test
    void credit_is_counted_in_bytes() {
        assertThat(send("\u6f22".repeat(6_000))).isFalse();
        assertThat(calls).endsWith("sendText");
    }

    @Test
    void a_client_that_has_read_something_large_gets_back_to_the_blocking_remote() {
        send("x".repeat(20_000));
        handlers.get(0).onResult(new SendResult());
        send("small");
        handlers.get(1).onResult(new SendResult());
        assertThat(calls).endsWith("sendPing", "sent");
        answer(new byte[ping.capacity()]);
        assertThat(send("that proved nothing")).isFalse();
        handlers.get(2).onResult(new SendResult());

        answer(ping.array());
        assertThat(send("hello")).isTrue();
        assertThat(calls).endsWith("sendObject");
    }

    @Test
    void the_loss_of_the_connection_waits_for_another_thread_that_is_sending() throws InterruptedException {
        Thread sender = new Thread(() -> send("held"));
        sender.start();
        await().until(() -> calls.contains("sendObject"));
        Thread container = new Thread(() -> {
            transport.lost();
            calls.add("lost");
        });
        container.start();
        await().until(() -> container.getState() == Thread.State.TIMED_WAITING);
        assertThat(calls).doesNotContain("lost");

        release.countDown();
        container.join();

        assertThat(calls).endsWith("lost");
        assertThat(send("later")).isTrue();
        assertThat(calls).endsWith("lost");
        sender.join();
    }

    @Test
    void a_close_waits_for_a_send_but_not_for_ever() {
        send("x".repeat(20_000));

        transport.close(Closing.SESSION_CLOSED);
        assertThat(calls).doesNotContain("close");

        clock.advance(Duration.ofMillis(SEND_TIMEOUT + 100));
        assertThat(calls).containsOnlyOnce("close");
        handlers.get(0).onResult(new SendResult());
        assertThat(calls).containsOnlyOnce("close");
    }

    @Test
    void a_failed_send_ends_the_session_once() {
        send("x".repeat(20_000));

        handlers.get(0).onResult(new SendResult(new IOException("reset")));

        assertThat(failures).containsExactly(DisconnectReason.TRANSPORT_ERROR);
        assertThat(send("more")).isTrue();
        assertThat(calls).doesNotContain("sendObject");
    }
}
