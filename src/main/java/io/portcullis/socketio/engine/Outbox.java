package io.portcullis.socketio.engine;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. What waits to be sent to one client: bounded in packets and bytes, one send in flight, pumped by a loop of
 * whichever thread finds it idle. No lock is held while sending.
 */
final class Outbox {

    /** What became of packets that were offered. */
    enum Offer {
        ACCEPTED,
        DROPPED,
        OVERFLOWED
    }

    private final ArrayDeque<EnginePacket> queue = new ArrayDeque<>();
    private final int maxPackets;
    private final int maxBytes;
    private final Runnable drained;
    private final Runnable sent = this::pump;
    private Transport transport;
    private @Nullable Transport retired;
    private int bytes;
    private boolean sending;
    private boolean held;

    /**
     * Makes an empty one.
     *
     * @param drained called, without a lock, whenever nothing is left to send
     */
    Outbox(Transport transport, int maxPackets, int maxBytes, Runnable drained) {
        this.transport = transport;
        this.maxPackets = maxPackets;
        this.maxBytes = maxBytes;
        this.drained = drained;
    }

    /** Queues packets so that nothing comes between them, and sends what can be sent. */
    Offer offer(EnginePacket first, List<EnginePacket> rest, boolean isVolatile) {
        synchronized (this) {
            if (isVolatile && (sending || !transport.isWritable())) {
                return Offer.DROPPED;
            }
            if (queue.size() + rest.size() >= maxPackets || bytes > maxBytes) {
                return Offer.OVERFLOWED;
            }
            add(first);
            for (int i = 0; i < rest.size(); i++) {
                add(rest.get(i));
            }
            if (sending || held) {
                return Offer.ACCEPTED;
            }
            sending = true;
        }
        pump();
        return Offer.ACCEPTED;
    }

    /** Queues packets so that nothing comes between them, and sends nothing. */
    synchronized Offer enqueue(List<EnginePacket> packets) {
        if (queue.size() + packets.size() > maxPackets || bytes > maxBytes) {
            return Offer.OVERFLOWED;
        }
        packets.forEach(this::add);
        return Offer.ACCEPTED;
    }

    private void add(EnginePacket packet) {
        queue.add(packet);
        bytes += packet.size();
    }

    /** Sends what can be sent now; called when the transport has become writable. */
    void flush() {
        synchronized (this) {
            if (sending || held) {
                return;
            }
            sending = true;
        }
        pump();
    }

    /** Keeps what comes from now on, so that it goes out together: until false, and a {@link #flush}. */
    synchronized void hold(boolean keep) {
        held = keep;
    }

    /**
     * Goes on with another transport. The old one is closed as soon as no send is in flight on it, for that send may
     * still need its waiting poll; what it holds is not sent again.
     */
    void switchTo(Transport next) {
        synchronized (this) {
            retired = transport;
            transport = next;
        }
        flush();
    }

    synchronized boolean isEmpty() {
        return queue.isEmpty() && !sending;
    }

    /** Forgets what waits. */
    synchronized void clear() {
        queue.clear();
        bytes = 0;
    }

    /** Only the thread that has set {@link #sending} is here. */
    private void pump() {
        boolean goOn = true;
        while (goOn) {
            Transport old;
            Transport current;
            List<EnginePacket> next;
            synchronized (this) {
                old = retired;
                retired = null;
                current = transport;
                next = !held && current.isWritable() ? take(current.batchSize()) : List.of();
                sending = !next.isEmpty();
            }
            if (old != null) {
                old.close(Transport.Closing.DISCARDED);
            }
            if (next.isEmpty()) {
                drained.run();
            }
            goOn = !next.isEmpty() && current.send(next, sent);
        }
    }

    private List<EnginePacket> take(int batch) {
        int size = Math.min(batch, queue.size());
        if (size == 0) {
            return List.of();
        }
        EnginePacket[] packets = new EnginePacket[size];
        for (int i = 0; i < size; i++) {
            packets[i] = queue.remove();
            bytes -= packets[i].size();
        }
        return List.of(packets);
    }
}
