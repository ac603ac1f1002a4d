package io.portcullis.socketio.runtime;

import io.portcullis.socketio.SocketScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.AlterableContext;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.lang.annotation.Annotation;
import org.jspecify.annotations.Nullable;

/** Thread-safe. The context of {@link SocketScoped}: the beans of the socket that the calling thread serves. */
final class SocketContext implements AlterableContext {

    @Override
    public Class<? extends Annotation> getScope() {
        return SocketScoped.class;
    }

    @Override
    public boolean isActive() {
        return CurrentSocket.get() instanceof HasSocketBeans;
    }

    @Override
    public <T> T get(Contextual<T> contextual, CreationalContext<T> context) {
        return beans().create(contextual, context);
    }

    @Override
    public <T> @Nullable T get(Contextual<T> contextual) {
        return beans().get(contextual);
    }

    @Override
    public void destroy(Contextual<?> contextual) {
        beans().destroy(contextual);
    }

    private static SocketBeans beans() {
        if (CurrentSocket.get() instanceof HasSocketBeans socket) {
            return socket.beans();
        }
        throw new ContextNotActiveException(
                "no handler of a socket runs on this thread, so there are no @SocketScoped beans");
    }
}
