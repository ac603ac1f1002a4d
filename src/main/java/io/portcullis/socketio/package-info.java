/**
 * The API of Portcullis: what an application writes and calls. Uses nothing of our other packages.
 *
 * <p>Start at {@link io.portcullis.socketio.Namespace}: a CDI bean with it receives the events of the clients that are
 * connected to a namespace. {@link io.portcullis.socketio.Socket} is one such client, {@link
 * io.portcullis.socketio.SocketServer} sends to many from any other bean.
 *
 * <pre>{@code
 * @Namespace("/chat")
 * public class ChatNamespace {
 *     @OnEvent("say")
 *     public String say(Socket socket, String text) {
 *         socket.broadcast().emit("said", text);
 *         return "delivered"; // the client's acknowledgement
 *     }
 * }
 * }</pre>
 */
@NullMarked
package io.portcullis.socketio;

import org.jspecify.annotations.NullMarked;
