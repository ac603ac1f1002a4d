package io.portcullis.socketio.runtime;

import io.portcullis.socketio.adapter.Flags;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Immutable. The modifiers of an emit; a time-out that is null means the server's. */
record EmitOptions(Flags flags, @Nullable Duration timeout) {

    static final EmitOptions NONE = new EmitOptions(Flags.NONE, null);

    EmitOptions with(Flags changed) {
        return new EmitOptions(changed, timeout);
    }

    EmitOptions timeout(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("expected a timeout greater than zero, found " + limit);
        }
        return new EmitOptions(flags, limit);
    }
}
