package io.portcullis.socketio.runtime;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;

/** Thread-safe. Gives a handler call a request context of its own. */
@ApplicationScoped
public class RequestScope {

    /**
     * Runs something in a request context.
     *
     * @param work what to run
     */
    @ActivateRequestContext
    public void run(Runnable work) {
        work.run();
    }
}
