package io.portcullis.socketio.transport;

import io.portcullis.socketio.security.Identity;
import io.portcullis.socketio.security.OriginPolicy;
import io.portcullis.socketio.security.RequestSource;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. What the front door knows of a request before it looks at what it wants.
 *
 * @param source where it comes from
 * @param origin whether it may come from its page
 * @param login whom the application server authenticated it as; null for nobody
 * @param mayStillCome judges its origin once more, some time later
 */
record Arrival(
        RequestSource source, OriginPolicy.Decision origin, @Nullable Identity login, BooleanSupplier mayStillCome) {

    /** The login as one text; null for nobody. */
    @Nullable String user() {
        return login == null ? null : login.key();
    }
}
