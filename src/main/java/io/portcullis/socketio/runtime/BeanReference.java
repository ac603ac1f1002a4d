package io.portcullis.socketio.runtime;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Thread-safe. A bean's contextual reference, resolved at its first use, when the application is up, and kept. */
final class BeanReference {

    private final Class<?> type;
    private final Supplier<Object> source;
    private volatile @Nullable Object reference;

    BeanReference(Class<?> type, Supplier<Object> source) {
        this.type = type;
        this.source = source;
    }

    Class<?> type() {
        return type;
    }

    Object get() {
        Object known = reference;
        return known == null ? resolve() : known;
    }

    private synchronized Object resolve() {
        Object known = reference;
        if (known == null) {
            known = source.get();
            reference = known;
        }
        return known;
    }
}
