package io.portcullis.socketio.store;

import org.eclipse.persistence.sessions.DatabaseLogin;
import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.SessionCustomizer;

/**
 * For the provider. EclipseLink would wait for a database that went away, 5 s for each of 3 tries: callers have no such
 * time. Open Liberty shows applications its own EclipseLink, but not all of it: name no class of another package here.
 */
public class NoRetries implements SessionCustomizer {

    /** For the provider. */
    public NoRetries() {}

    @Override
    public void customize(Session session) {
        DatabaseLogin login = (DatabaseLogin) session.getDatasourceLogin();
        login.setQueryRetryAttemptCount(0);
        login.setDelayBetweenConnectionAttempts(0);
    }
}
