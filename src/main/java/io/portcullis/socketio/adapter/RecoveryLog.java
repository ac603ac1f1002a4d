package io.portcullis.socketio.adapter;

import io.portcullis.socketio.adapter.Adapter.RecoverableState;
import io.portcullis.socketio.protocol.JsonArguments;
import io.portcullis.socketio.protocol.Packet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. What recovery needs on one node: the last events of a namespace with their offsets, and the states of lost
 * connections. Bounded in time, number and bytes; the oldest go first. Source: Socket.IO, "Connection state recovery".
 */
public final class RecoveryLog {

    /**
     * Bounds.
     *
     * @param nanos how long events and states are kept
     * @param packets how many events
     * @param bytes how many bytes of events, about
     * @param states how many states
     */
    public record Limits(long nanos, int packets, long bytes, int states) {}

    /**
     * Immutable. An event as it was sent.
     *
     * @param sequence its number
     * @param event the event; its last argument is the offset
     * @param selection to whom
     */
    public record Entry(long sequence, Packet.Event event, Selection selection) {

        /**
         * How many packets it is sent as, at most.
         *
         * @return one, and one for each attachment
         */
        public int packets() {
            return 1 + event.data().attachments().size();
        }

        /**
         * Its size, about.
         *
         * @return characters of its JSON and bytes of its attachments
         */
        public long bytes() {
            long bytes = event.data().text().length();
            for (byte[] attachment : event.data().attachments()) {
                bytes += attachment.length;
            }
            return bytes;
        }
    }

    private record Timed<T>(T value, long at) {}

    private final Limits limits;
    private final LongSupplier nanoTime;
    private final String prefix;
    private final ArrayDeque<Timed<Entry>> entries = new ArrayDeque<>();
    private final LinkedHashMap<String, Timed<RecoverableState>> states = new LinkedHashMap<>();
    private long bytes;
    private long lastSequence;

    /**
     * Makes an empty one.
     *
     * @param prefix what all offsets begin with; unguessable, so that no other namespace or node accepts them
     */
    RecoveryLog(Limits limits, LongSupplier nanoTime, String prefix) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.prefix = prefix;
    }

    /**
     * Gives an event its offset, keeps it and queues it; no other one gets an offset meanwhile. So everybody receives the
     * events in the order of their offsets, and who has seen one has missed none before it.
     *
     * @param encode must neither block nor call an application, as what it returns, which queues the event; if it fails,
     *     nothing is kept and the offset is the next event's
     */
    synchronized Entry append(Packet.Event event, Selection selection, Function<Entry, Runnable> encode) {
        long sequence = lastSequence + 1;
        JsonArguments data = JsonArguments.builder()
                .addAll(event.data())
                .addString(prefix + "." + sequence)
                .build();
        Entry entry = new Entry(sequence, new Packet.Event(event.namespace(), event.id(), data), selection);
        Runnable queue = encode.apply(entry);
        keep(entry);
        queue.run(); // last: whoever has received the offset must find it used
        return entry;
    }

    private void keep(Entry entry) {
        lastSequence = entry.sequence();
        entries.add(new Timed<>(entry, nanoTime.getAsLong()));
        bytes += entry.bytes();
        while (entries.size() > limits.packets() || bytes > limits.bytes()) {
            bytes -= entries.remove().value().bytes();
        }
    }

    /** Runs something while no event gets an offset but by it. */
    synchronized void inOrder(Runnable action) {
        action.run();
    }

    synchronized void keep(RecoverableState state) {
        states.remove(state.secret());
        states.put(state.secret(), new Timed<>(state, nanoTime.getAsLong()));
        if (states.size() > limits.states()) {
            states.remove(states.keySet().iterator().next());
        }
    }

    synchronized @Nullable RecoverableState take(String secret, String offset) {
        cleanUp();
        Timed<RecoverableState> state = states.remove(secret);
        return state == null || !isKnown(sequence(offset)) ? null : state.value();
    }

    /** An offset is known while its own event is: then nothing after it has been dropped. */
    private boolean isKnown(long sequence) {
        return sequence > 0
                && sequence <= lastSequence
                && !entries.isEmpty()
                && entries.element().value().sequence() <= sequence;
    }

    private long sequence(String offset) {
        if (!offset.startsWith(prefix + ".")) {
            return 0;
        }
        try {
            return Long.parseLong(offset, prefix.length() + 1, offset.length(), 10);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    synchronized List<Entry> missed(Set<String> rooms, String offset) {
        long seen = sequence(offset);
        List<Entry> missed = new ArrayList<>();
        for (Timed<Entry> timed : entries) {
            Entry entry = timed.value();
            if (entry.sequence() > seen && isFor(entry.selection(), rooms)) {
                missed.add(entry);
            }
        }
        return missed;
    }

    private static boolean isFor(Selection selection, Set<String> rooms) {
        boolean selected =
                selection.rooms().isEmpty() || selection.rooms().stream().anyMatch(rooms::contains);
        return selected && selection.except().stream().noneMatch(rooms::contains);
    }

    /** Forgets what is too old; whether no state is left. */
    synchronized boolean cleanUp() {
        long now = nanoTime.getAsLong();
        while (!entries.isEmpty() && now - entries.element().at() > limits.nanos()) {
            bytes -= entries.remove().value().bytes();
        }
        states.values().removeIf(state -> now - state.at() > limits.nanos());
        return states.isEmpty();
    }
}
