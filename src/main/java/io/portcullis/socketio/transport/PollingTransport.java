package io.portcullis.socketio.transport;

import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.config.EndpointConfig;
import io.portcullis.socketio.config.Key;
import io.portcullis.socketio.config.TransportName;
import io.portcullis.socketio.engine.EnginePacket;
import io.portcullis.socketio.engine.Payload;
import io.portcullis.socketio.engine.Session;
import io.portcullis.socketio.engine.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Thread-safe. Carries a session's packets in the answers to its client's polls. */
final class PollingTransport implements Transport {

    /** An answer up to this size fits the socket's buffers, so that writing it does not wait for the client. */
    private static final int SMALL = 16 * 1024;

    private static final int MAX_BATCH = 4096;

    private final Owner owner;
    private final Executor executor;
    private final ContainerQuirks quirks;
    private final int compressFrom;
    private final AtomicReference<@Nullable Poll> waiting = new AtomicReference<>();
    private final AtomicBoolean posting = new AtomicBoolean();
    private volatile @Nullable Session session;
    private volatile boolean closed;

    PollingTransport(EndpointConfig config, Owner owner, Executor executor, ContainerQuirks quirks) {
        this.owner = owner;
        this.executor = executor;
        this.quirks = quirks;
        this.compressFrom =
                config.get(Key.HTTP_COMPRESSION) ? config.get(Key.HTTP_COMPRESSION_THRESHOLD) : Integer.MAX_VALUE;
    }

    /** Who may ask for the session, as long as it is carried by requests. */
    Owner owner() {
        return owner;
    }

    void attach(Session opened) {
        session = opened;
    }

    @Override
    public String name() {
        return TransportName.POLLING.text();
    }

    @Override
    public boolean isWritable() {
        return waiting.get() != null;
    }

    @Override
    public int batchSize() {
        return MAX_BATCH;
    }

    /** Takes a poll; false if one is waiting already. */
    boolean arrive(Poll poll) {
        return waiting.compareAndSet(null, poll);
    }

    /** Sees to a poll that came while the transport was being closed. */
    void answerIfClosed() {
        if (closed) {
            close(Closing.SESSION_CLOSED);
        }
    }

    /** Takes the right to post; false while another body is being read. */
    boolean beginPost() {
        return posting.compareAndSet(false, true);
    }

    void endPost() {
        posting.set(false);
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public boolean send(List<EnginePacket> packets, Runnable sent) {
        Poll poll = waiting.getAndSet(null);
        if (poll != null) {
            byte[] body = Payload.encode(packets);
            if (body.length >= compressFrom && packets.stream().anyMatch(EnginePacket::mayCompress)) {
                answer(poll, compressed(poll, body));
            } else {
                answer(poll, new Poll.Answer(body, null));
            }
        }
        return true;
    }

    private void answer(Poll poll, Poll.Answer answer) {
        boolean mayWait = answer.body().length > SMALL || quirks.completeOnExecutor();
        if (mayWait && poll.isParked()) {
            executor.execute(() -> write(poll, answer));
        } else {
            write(poll, answer);
        }
    }

    private void write(Poll poll, Poll.Answer answer) {
        try {
            poll.answer(answer);
        } catch (IOException | IllegalStateException e) { // the container may have recycled a dead request
            Session current = session;
            if (current != null) {
                current.transportEnded(this, DisconnectReason.TRANSPORT_ERROR, Closing.SESSION_CLOSED);
            }
        }
    }

    private static Poll.Answer compressed(Poll poll, byte[] body) {
        String encoding = poll.acceptsEncoding("gzip") ? "gzip" : poll.acceptsEncoding("deflate") ? "deflate" : null;
        if (encoding == null) {
            return new Poll.Answer(body, null);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 2);
        try (OutputStream out =
                encoding.equals("gzip") ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return new Poll.Answer(bytes.toByteArray(), encoding);
    }

    @Override
    public void close(Closing how) {
        closed = true;
        Poll poll = waiting.getAndSet(null);
        if (poll != null) {
            // a client that said goodbye gets a noop, every other one is told of the end
            String packet = how == Closing.CLIENT_CLOSED ? "6" : "1";
            answer(poll, new Poll.Answer(packet.getBytes(StandardCharsets.US_ASCII), null));
        }
    }
}
