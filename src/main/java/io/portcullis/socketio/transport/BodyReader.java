package io.portcullis.socketio.transport;

import io.portcullis.socketio.engine.TimerWheel.Timer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. Reads a body that comes slowly, without a thread that waits for it, until it is there or its time is over.
 *
 * <p>A body that is too large, or does not come, is answered at once. What still comes of it is thrown away, up to a limit and
 * as long as it was allowed to take; then the connection ends. The request is not completed before, if that can be avoided:
 * containers read the rest of a body when they complete a request, and WildFly 39 holds the completing thread for that.
 */
final class BodyReader implements ReadListener {

    private static final System.Logger LOG = System.getLogger(BodyReader.class.getName());
    private static final int MOST_DISCARDED = 1_000_000;
    /** Longer than containers wait for a connection that is silent; one that is not has been ended by then. */
    private static final long LONGEST_SILENCE = Duration.ofMinutes(2).toNanos();

    private enum State {
        READING,
        /** What there is of the body is with the receiver. */
        ENDED,
        /** The client has its answer, and has not sent everything. */
        ANSWERED,
        COMPLETED
    }

    private final AsyncContext async;
    private final ServletInputStream in;
    private @Nullable RequestBody body;
    private final Doors doors;
    private final BiConsumer<RequestBody, @Nullable IOException> receiver;
    private @Nullable Timer deadline;
    private State state = State.READING;
    private long timeout;
    private boolean late;
    private int discarded;
    /** Whether nothing more will come: all of it is there, or the client has gone. */
    private boolean exhausted;

    /**
     * Makes a reader.
     *
     * @param async the request, which is completed after the receiver has been called
     * @param body what is read into
     * @param doors with the scheduler, where the receiver is called, and the timer
     * @param receiver called once, with what went wrong if something did
     */
    BodyReader(
            AsyncContext async, RequestBody body, Doors doors, BiConsumer<RequestBody, @Nullable IOException> receiver)
            throws IOException {
        this.async = async;
        this.in = async.getRequest().getInputStream();
        this.body = body;
        this.doors = doors;
        this.receiver = receiver;
    }

    /** Reads for so many nanoseconds at most. */
    void start(long nanos) {
        synchronized (this) {
            timeout = nanos;
            deadline = doors.registry().context().timer().schedule(timeout, this::expire);
        }
        in.setReadListener(this);
        if (isTooLarge()) { // as its Content-Length says
            end(null);
        }
    }

    private void expire() {
        synchronized (this) {
            late = true;
        }
        end(new IOException("The body came too slowly."));
    }

    @Override
    public void onDataAvailable() throws IOException {
        synchronized (this) {
            while (state == State.READING && !isTooLarge() && in.isReady() && !in.isFinished()) {
                read();
            }
            if (state == State.ANSWERED && !discard()) {
                throw new IOException("Nothing more is read."); // has the container end the connection
            }
        }
        if (isTooLarge()) {
            end(null);
        }
    }

    private void read() throws IOException {
        if (body != null) {
            body.read(in);
        }
    }

    private synchronized boolean isTooLarge() {
        return body != null && body.isTooLarge();
    }

    /** Throws away what is there; false if enough was thrown away. */
    private boolean discard() throws IOException {
        byte[] some = new byte[4096];
        while (!late && discarded < MOST_DISCARDED && in.isReady() && !in.isFinished()) {
            discarded += Math.max(0, in.read(some));
        }
        return !late && discarded < MOST_DISCARDED;
    }

    @Override
    public void onAllDataRead() {
        exhaust(null);
    }

    @Override
    public void onError(Throwable failure) {
        exhaust(new IOException("The client has gone.", failure));
    }

    private void exhaust(@Nullable IOException failure) {
        boolean answered;
        synchronized (this) {
            exhausted = true;
            answered = state == State.ANSWERED;
        }
        if (answered) {
            complete();
        } else {
            end(failure);
        }
    }

    private void end(@Nullable IOException failure) {
        synchronized (this) {
            if (state != State.READING) {
                return;
            }
            state = State.ENDED;
        }
        try { // not here: the container's thread may know nothing of the application, and must not wait
            doors.scheduler().execute(() -> deliver(failure));
        } catch (RejectedExecutionException e) {
            deliver(failure);
        }
    }

    private void deliver(@Nullable IOException failure) {
        boolean left = false;
        try {
            receiver.accept(take(), failure);
            left = leave();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "A client has gone before its body was there.", e);
        } catch (RuntimeException e) { // an application's, which was called with what came
            LOG.log(System.Logger.Level.ERROR, "What a client has posted could not be handled.", e);
        } finally {
            if (!left) {
                complete();
            }
        }
    }

    /** The body, which is nobody's afterwards: a request may be left for long. */
    private synchronized RequestBody take() {
        RequestBody taken = Objects.requireNonNull(body);
        body = null;
        return taken;
    }

    /** Sends the answer, and leaves the request alone if its client may still send; false if it is to be completed. */
    private boolean leave() throws IOException {
        synchronized (this) {
            if (exhausted) {
                return false;
            }
        }
        async.getResponse().flushBuffer();
        synchronized (this) {
            state = State.ANSWERED;
            boolean pending = in.isReady() && !in.isFinished();
            // if the container has told that there is something, it does not tell again until it was read
            boolean goesOn = !pending || discard();
            if (deadline != null) {
                deadline.cancel();
            }
            deadline = late
                    ? doors.registry().context().timer().schedule(LONGEST_SILENCE, this::complete)
                    : doors.registry().context().timer().schedule(timeout, this::waitNoLonger);
            return goesOn && !exhausted && !in.isFinished();
        }
    }

    /** From now on the next byte ends the connection. */
    private synchronized void waitNoLonger() {
        late = true;
        if (state == State.ANSWERED) {
            deadline = doors.registry().context().timer().schedule(LONGEST_SILENCE, this::complete);
        }
    }

    private void complete() {
        boolean whole;
        synchronized (this) {
            if (state == State.COMPLETED) {
                return;
            }
            state = State.COMPLETED;
            whole = exhausted || in.isFinished();
            if (deadline != null) {
                deadline.cancel();
            }
        }
        if (whole) {
            completeNow();
        } else { // may wait for the client
            doors.slowCloses().add(this::completeNow);
        }
    }

    private void completeNow() {
        try {
            async.complete();
        } catch (IllegalStateException e) { // the container has given it up already
            LOG.log(System.Logger.Level.DEBUG, "A request had been completed.", e);
        }
    }
}
