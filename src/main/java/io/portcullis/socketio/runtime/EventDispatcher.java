package io.portcullis.socketio.runtime;

import io.portcullis.socketio.Ack;
import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.protocol.JsonArguments;
import io.portcullis.socketio.protocol.Packet;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. The way from a packet to a handler and back, in five steps: find the handler, authorise the call, bind its
 * arguments, invoke it, answer the client.
 */
final class EventDispatcher {

    private static final System.Logger LOG = System.getLogger(EventDispatcher.class.getName());

    private final RequestScope requests;
    private final ApplicationEvents events;
    private final ArgumentWriter writer;
    private final Failures failures;

    EventDispatcher(RequestScope requests, ApplicationEvents events, ArgumentWriter writer) {
        this.requests = requests;
        this.events = events;
        this.writer = writer;
        this.failures = new Failures(writer);
    }

    ApplicationEvents events() {
        return events;
    }

    /** An event has arrived: handles it now if its handler promises not to wait, otherwise when its turn comes. */
    void event(ServerSocket socket, Packet.Event packet, int size) {
        NamespaceBean bean = socket.namespaceRuntime().bean();
        HandlerMethod handler = bean.event(name(packet));
        if (handler == null && bean.any().isEmpty()) {
            return; // "an event nobody listens to is ignored silently"
        }
        boolean now = handler != null && handler.isNonBlocking() && bean.any().isEmpty();
        if (now && socket.queue().tryEnter()) {
            try {
                handle(socket, handler, packet);
            } finally {
                socket.queue().leave();
            }
        } else if (!socket.queue().offer(() -> requests.run(() -> handle(socket, handler, packet)), size)) {
            LOG.log(System.Logger.Level.DEBUG, "Session closed: {0} sends faster than it is served.", socket);
            socket.client().session().closeGracefully(DisconnectReason.FORCED_CLOSE);
        }
    }

    private static String name(Packet.Event packet) {
        String name = packet.data().string(0);
        return name == null ? packet.data().text(0) : name;
    }

    private void handle(ServerSocket socket, @Nullable HandlerMethod handler, Packet.Event packet) {
        if (!socket.acceptsEvents()) {
            return;
        }
        AckCall ack = new AckCall(socket, packet.id());
        io.portcullis.socketio.Socket former = CurrentSocket.set(socket);
        try {
            HandlerCall call = new HandlerCall(socket, name(packet), packet.data(), 1, ack, null);
            for (HandlerMethod any : socket.namespaceRuntime().bean().any()) {
                any.invoke(call);
            }
            if (handler != null) {
                answer(handler, handler.invoke(call), ack);
            }
        } catch (Throwable e) { // whatever an application throws is answered in one place
            fail(handler, e, ack);
        } finally {
            CurrentSocket.set(former);
        }
    }

    private void answer(HandlerMethod handler, @Nullable Object result, AckCall ack) {
        if (handler.takesAck()) {
            return;
        }
        if (handler.returnsStage()) {
            if (result == null) {
                ack.send();
            } else {
                ((CompletionStage<?>) result).whenComplete((value, error) -> complete(handler, value, error, ack));
            }
        } else if (handler.returnsVoid()) {
            ack.send();
        } else {
            ack.sendOne(result);
        }
    }

    private void complete(HandlerMethod handler, @Nullable Object value, @Nullable Throwable error, AckCall ack) {
        try {
            if (error != null) {
                fail(handler, error, ack);
            } else {
                ack.sendOne(value);
            }
        } catch (RuntimeException e) { // the value cannot be written
            fail(handler, e, ack);
        }
    }

    private void fail(@Nullable HandlerMethod handler, Throwable error, AckCall ack) {
        ack.send(
                handler == null
                        ? failures.ackError("a catch-all handler", 0, error)
                        : failures.ackError(handler.describe(), handler.firstArgument(), error));
    }

    /** Runs a socket's guards, then confirms or refuses it. Called on the socket's queue. */
    void connect(ServerSocket socket) {
        requests.run(() -> connect(socket, socket.namespaceRuntime().bean().connect(), 0));
    }

    private void connect(ServerSocket socket, List<HandlerMethod> guards, int next) {
        boolean skips = socket.isRecovered() && socket.namespaceRuntime().skipsGuards();
        for (int i = next; i < guards.size(); i++) {
            HandlerMethod guard = guards.get(i);
            if (i > 0 && socket.isClosed()) {
                abandoned(socket);
                return;
            }
            try {
                Object result = call(guard, new HandlerCall(socket, null, null, 0, null, null), socket);
                if (result instanceof CompletionStage<?> stage) {
                    int following = i + 1;
                    stage.whenComplete((value, error) -> guarded(socket, guards, following, guard, error));
                    return;
                }
            } catch (Throwable e) { // whatever an application throws refuses
                if (!skips) {
                    refuse(socket, guard, e);
                    return;
                }
            }
        }
        confirm(socket);
    }

    private void guarded(
            ServerSocket socket, List<HandlerMethod> guards, int next, HandlerMethod guard, @Nullable Throwable error) {
        if (error != null && !(socket.isRecovered() && socket.namespaceRuntime().skipsGuards())) {
            refuse(socket, guard, error);
        } else {
            socket.queue().add(() -> requests.run(() -> connect(socket, guards, next)));
        }
    }

    private void refuse(ServerSocket socket, HandlerMethod guard, Throwable error) {
        socket.client().refuse(socket, failures.connectError(guard.describe(), error));
        socket.beans().destroyAll();
    }

    private void confirm(ServerSocket socket) {
        if (socket.client().confirm(socket)) {
            events.connected(socket);
        } else {
            abandoned(socket);
        }
    }

    /** The client went while its guards let it in: what they have done must be undone. */
    private static void abandoned(ServerSocket socket) {
        NamespaceBean bean = socket.namespaceRuntime().bean();
        HandlerCall call = new HandlerCall(socket, null, null, 0, null, socket.closeReason());
        callAll(bean.disconnecting(), call, socket);
        socket.forgetRooms();
        callAll(bean.disconnect(), call, socket);
        socket.beans().destroyAll();
    }

    /** Runs a socket's last handlers. Called on the socket's queue, after everything else. */
    void disconnected(ServerSocket socket, DisconnectReason reason) {
        requests.run(() -> {
            NamespaceBean bean = socket.namespaceRuntime().bean();
            HandlerCall call = new HandlerCall(socket, null, null, 0, null, reason);
            callAll(bean.disconnecting(), call, socket);
            socket.forgetRooms();
            callAll(bean.disconnect(), call, socket);
            events.disconnected(socket, reason);
            socket.beans().destroyAll();
        });
    }

    /** Shows an event that is about to be sent. */
    void outgoing(ServerSocket socket, Packet.Event packet) {
        HandlerCall call = new HandlerCall(socket, name(packet), packet.data(), 1, null, null);
        callAll(socket.namespaceRuntime().bean().anyOutgoing(), call, socket);
    }

    private static void callAll(List<HandlerMethod> handlers, HandlerCall call, ServerSocket socket) {
        for (HandlerMethod handler : handlers) {
            try {
                call(handler, call, socket);
            } catch (Throwable e) { // one failing handler must not stop the others
                LOG.log(System.Logger.Level.ERROR, handler.describe() + " failed for " + socket + ".", e);
            }
        }
    }

    private static @Nullable Object call(HandlerMethod handler, HandlerCall call, ServerSocket socket)
            throws Throwable {
        io.portcullis.socketio.Socket former = CurrentSocket.set(socket);
        try {
            return handler.invoke(call);
        } finally {
            CurrentSocket.set(former);
        }
    }

    /** Another node has sent an event to this namespace. */
    JsonArguments serverEvent(NamespaceRuntime namespace, JsonArguments event) throws Throwable {
        String name = event.string(0);
        HandlerMethod handler = name == null ? null : namespace.bean().serverEvent(name);
        if (handler == null) {
            return writer.ack();
        }
        Object result = handler.invoke(new HandlerCall(null, name, event, 1, (Ack) null, null));
        return handler.returnsVoid() ? writer.ack() : writer.ack(result);
    }
}
