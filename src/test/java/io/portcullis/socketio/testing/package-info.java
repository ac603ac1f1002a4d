/**
 * What the tests share: a server to talk to, and clients that show every byte. May use nothing of the server. Read {@code
 * FixtureServer} and {@code EngineClient} first.
 */
@NullMarked
package io.portcullis.socketio.testing;

import org.jspecify.annotations.NullMarked;
