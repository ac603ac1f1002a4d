package io.portcullis.socketio.runtime;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Thread-safe. The {@code @SocketScoped} beans of one socket: each is made once and destroyed once, the last made first. */
final class SocketBeans {

    private static final Logger LOG = System.getLogger(SocketBeans.class.getName());

    /** Reentrant, because making one bean may ask for another of the same socket. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Contextual<?>, Instance<?>> instances = new HashMap<>();
    private final Deque<Contextual<?>> order = new ArrayDeque<>();
    private boolean closed;

    /** The bean's instance; null if none was made yet. */
    <T> @Nullable T get(Contextual<T> contextual) {
        lock.lock();
        try {
            Instance<T> instance = instance(contextual);
            return instance == null ? null : instance.value();
        } finally {
            lock.unlock();
        }
    }

    /** The bean's instance, made if there is none. */
    <T> T create(Contextual<T> contextual, CreationalContext<T> context) {
        lock.lock();
        try {
            Instance<T> instance = instance(contextual);
            return instance == null ? add(contextual, context) : instance.value();
        } finally {
            lock.unlock();
        }
    }

    private <T> T add(Contextual<T> contextual, CreationalContext<T> context) {
        if (closed) {
            throw new ContextNotActiveException(
                    "the socket has gone; no @SocketScoped bean can be made for it any more");
        }
        T value = contextual.create(context);
        instances.put(contextual, new Instance<>(contextual, value, context));
        order.push(contextual);
        return value;
    }

    /** Destroys one bean's instance, if there is one. */
    void destroy(Contextual<?> contextual) {
        Instance<?> instance;
        lock.lock();
        try {
            instance = instances.remove(contextual);
            order.remove(contextual);
        } finally {
            lock.unlock();
        }
        if (instance != null) {
            instance.destroy();
        }
    }

    /** Destroys all instances. Those still alive can be reached meanwhile, but no new ones are made. */
    void destroyAll() {
        for (Contextual<?> last = closeAndPeek(); last != null; last = closeAndPeek()) {
            try {
                destroy(last);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "a @SocketScoped bean could not be destroyed: " + last, e);
            }
        }
    }

    private @Nullable Contextual<?> closeAndPeek() {
        lock.lock();
        try {
            closed = true;
            return order.peek();
        } finally {
            lock.unlock();
        }
    }

    /** The map's entries are only put by {@link #add}, where key and value have the same type. */
    @SuppressWarnings("unchecked")
    private <T> @Nullable Instance<T> instance(Contextual<T> contextual) {
        return (Instance<T>) instances.get(contextual);
    }

    private record Instance<T>(Contextual<T> contextual, T value, CreationalContext<T> context) {

        void destroy() {
            contextual.destroy(value, context);
        }
    }
}
