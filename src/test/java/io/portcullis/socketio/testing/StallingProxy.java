package io.portcullis.socketio.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Thread-safe. A network between clients and a server that can fall silent: nothing passes then in either direction, not
 * even the news of an end, and nobody is told.
 */
public final class StallingProxy implements AutoCloseable {

    private static final int PIECE = 16 * 1024;
    private static final byte[] END = {};

    private final URI server;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private boolean stalled;
    private int ended;

    private StallingProxy(URI server, ServerSocket listener) {
        this.server = server;
        this.listener = listener;
    }

    /** Starts one that forwards to a server. */
    public static StallingProxy before(URI server) {
        try {
            StallingProxy proxy =
                    new StallingProxy(server, new ServerSocket(0, 100, InetAddress.getByName(server.getHost())));
            start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "stalling proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** Where clients find the server. */
    public URI uri() {
        return URI.create("http://" + server.getHost() + ":" + listener.getLocalPort());
    }

    /** Forwards nothing from now on. */
    public synchronized void stall() {
        stalled = true;
    }

    /** Forwards again, what has been held back first. */
    public synchronized void resume() {
        stalled = false;
        notifyAll();
    }

    /** How many connections the server has ended, whether or not their clients have heard of it. */
    public synchronized int endedByServer() {
        return ended;
    }

    private synchronized void serverEnded() {
        ended++;
    }

    private synchronized void pass() throws InterruptedException {
        while (stalled) {
            wait();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                sockets.add(client);
                Socket upstream = new Socket(server.getHost(), server.getPort());
                sockets.add(upstream);
                connect(client, upstream, () -> {});
                connect(upstream, client, this::serverEnded);
            }
        } catch (IOException e) {
            sockets.forEach(StallingProxy::end); // the proxy was closed
        }
    }

    private void connect(Socket from, Socket to, Runnable ends) {
        BlockingQueue<byte[]> inTransit = new LinkedBlockingQueue<>();
        start(() -> {
            receive(from, inTransit);
            ends.run();
            inTransit.add(END);
        });
        start(() -> deliver(inTransit, to));
    }

    /** Reads on while nothing passes, so that the end of the connection is seen. */
    private static void receive(Socket from, BlockingQueue<byte[]> inTransit) {
        byte[] piece = new byte[PIECE];
        try {
            InputStream in = from.getInputStream();
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                inTransit.add(Arrays.copyOf(piece, read));
            }
        } catch (IOException e) {
            end(from); // a reset is an end as well
        }
    }

    private void deliver(BlockingQueue<byte[]> inTransit, Socket to) {
        try {
            for (byte[] piece = inTransit.take(); piece != END; piece = inTransit.take()) {
                pass();
                to.getOutputStream().write(piece);
            }
            pass();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            inTransit.clear(); // nobody is there any more
        }
        end(to);
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        resume();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
