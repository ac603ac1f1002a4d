/**
 * The protocol's sentences, each as a test that drives a running fixture from outside, through sockets alone. May use
 * {@code testing}. Read {@code HandshakeConformanceIT} first.
 */
@NullMarked
package io.portcullis.socketio.conformance;

import org.jspecify.annotations.NullMarked;
