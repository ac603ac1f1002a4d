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

    /** Whether it is this application server, for what is the server's to decide; Payara Micro is a Payara as well. */
    public static boolean is(String server) {
        return ServerProcess.serverName().startsWith(server);
    }

    private static final class Holder {

        static final URI URI = find();

        private static URI find() {
            String given = System.getProperty("portcullis.fixture.url");
            return given == null ? ServerProcess.start("target/portcullis-fixture.war") : java.net.URI.create(given);
        }
    }
}
