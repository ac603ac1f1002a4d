package io.portcullis.socketio.testing;

import java.net.URI;

/**
 * Thread-safe. The server that the suites talk to: the one that system property {@code portcullis.fixture.url} names, or
 * else one that is started here, once for all tests, and ends with them.
 */
public final class FixtureServer {

    private FixtureServer() {}

    /** Where it is; started if need be. */
    public static URI uri() {
        return Holder.URI;
    }

    /** Which application server it is: for what only some of them can do. */
    public static String name() {
        return ServerProcess.serverName();
    }

    private static final class Holder {

        static final URI URI = find();

        private static URI find() {
            String given = System.getProperty("portcullis.fixture.url");
            return given == null ? ServerProcess.start("target/portcullis-fixture.war") : java.net.URI.create(given);
        }
    }
}
