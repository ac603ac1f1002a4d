package io.portcullis.socketio.config;

/** Immutable. The parsers that an endpoint may speak. */
public enum ParserName {
    /** Socket.IO's default: text, with binary content in messages of its own. */
    JSON,
    /** MessagePack, as the npm package socket.io-msgpack-parser. */
    MSGPACK
}
