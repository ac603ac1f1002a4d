package io.portcullis.socketio.runtime;

/** A socket that keeps the {@code @SocketScoped} beans made for it. */
interface HasSocketBeans {

    SocketBeans beans();
}
