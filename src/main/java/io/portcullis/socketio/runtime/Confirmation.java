package io.portcullis.socketio.runtime;

import io.portcullis.socketio.adapter.Adapter;
import io.portcullis.socketio.engine.EnginePacket;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Guarded by itself, but for broadcasts. What a socket sends when it is let in: the answer goes out first, then what was missed
 * and what was broadcast meanwhile, then what it was sent by its guards.
 */
final class Confirmation {

    private final int limit;
    private final List<Supplier<Frames>> early = new ArrayList<>();

    /** By their offsets. Used {@link Adapter#inOrder} alone. */
    private final SortedMap<Long, Frames> broadcasts = new TreeMap<>();

    /** With the most packets that may wait for a client: of more none is sent. */
    Confirmation(int limit) {
        this.limit = limit;
    }

    /** Keeps a packet of the guards; it is made when it is sent. */
    void keep(Supplier<Frames> frames) {
        if (early.size() < limit) {
            early.add(frames);
        }
    }

    /** Keeps what was broadcast while the confirmation is under way. Called {@link Adapter#inOrder}. */
    void broadcast(long sequence, Frames frames) {
        if (broadcasts.size() < limit) {
            broadcasts.put(sequence, frames);
        }
    }

    /** Keeps what was broadcast while the client was away, unless it is here already. Called {@link Adapter#inOrder}. */
    void missed(long sequence, Frames frames) {
        broadcasts.putIfAbsent(sequence, frames);
    }

    /** All of it, once. Called {@link Adapter#inOrder}. */
    List<EnginePacket> packets(Frames answer) {
        List<EnginePacket> packets = new ArrayList<>(answer.all());
        broadcasts.values().forEach(frames -> packets.addAll(frames.all()));
        broadcasts.clear();
        early.forEach(frames -> packets.addAll(frames.get().all()));
        return packets;
    }

    /** Forgets what the guards have sent. */
    void clear() {
        early.clear();
    }
}
