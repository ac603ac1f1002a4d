package io.portcullis.socketio.transport;

import io.portcullis.socketio.engine.TimerWheel.Timer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final Doors doors;
    private final long timeout;
    private final BiConsumer<RequestBody, @Nullable IOException> receiver;
    /** How often somebody wanted to read since the present reader began; zero if nobody reads. */
    private final AtomicInteger turns = new AtomicInteger();

    private @Nullable RequestBody body;
    private @Nullable Timer deadline;
    private int discarded;
    private volatile State state = State.READING;
    private volatile boolean late;
    /** Whether nothing more will come: all of it is there, or the client has gone. */
    private volatile boolean exhausted;

    private BodyReader(
            AsyncContext async,
            RequestBody body,
            Doors doors,
            long timeout,
            BiConsumer<RequestBody, @Nullable IOException> receiver)
            throws IOException {
        this.async = async;
        this.in = async.getRequest().getInputStream();
        this.body = body;
        this.doors = doors;
        this.timeout = timeout;
        this.receiver = receiver;
    }

    /**
     * Reads the body of a request, which is completed after the receiver has been called.
     *
     * @param request the request
     * @param body what is read into
     * @param doors with the scheduler, where the receiver is called, and the timer
     * @param timeout nanoseconds at most
     * @param receiver called once, with what went wrong if something did
     */
    static void read(
            HttpServletRequest request,
            RequestBody body,
            Doors doors,
            long timeout,
            BiConsumer<RequestBody, @Nullable IOException> receiver)
            throws IOException {
        AsyncContext async = request.startAsync();
        async.setTimeout(0); // the reader has its own deadline
        new BodyReader(async, body, doors, timeout, receiver).start();
    }

    private void start() {
        boolean tooLarge;
        synchronized (this) {
            deadline = doors.timer().schedule(timeout, this::expire);
            tooLarge = body != null && body.isTooLarge(); // as its Content-Length says
        }
        in.setReadListener(this);
        if (tooLarge) {
            end(null);
        }
    }

    private void expire() {
        late = true;
        end(new IOException("The body came too slowly."));
    }

    @Override
    public void onDataAvailable() throws IOException {
        if (!read()) {
            throw new IOException("Nothing more is read."); // has the container end the connection
        }
    }

    /** Reads what is there, or has whoever reads now do so; false if nothing more is wanted. */
    private boolean read() throws IOException {
        if (turns.getAndIncrement() > 0) {
            return true;
        }
        boolean wanted = false;
        try {
            do {
                wanted = false;
                turns.set(1);
                wanted = readWhatIsThere();
            } while (wanted && turns.decrementAndGet() > 0);
        } finally {
            if (!wanted) {
                turns.set(0);
            }
        }
        return wanted;
    }

    /** Holds no lock: Open Liberty has one of its own around the stream, and calls us with it. */
    private boolean readWhatIsThere() throws IOException {
        byte[] some = new byte[4096];
        RequestBody wanted = body();
        while (state == State.READING || state == State.ANSWERED) {
            boolean reading = state == State.READING;
            if (reading && wanted != null && wanted.isTooLarge()) {
                end(null);
                return true;
            }
            if (!in.isReady() || in.isFinished()) {
                return true;
            }
            if (!reading && (late || discarded >= MOST_DISCARDED)) {
                return false;
            }
            if (reading && wanted != null) {
                wanted.read(in);
            } else {
                discarded += Math.max(0, in.read(some));
            }
        }
        return true;
    }

    private synchronized @Nullable RequestBody body() {
        return body;
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
        exhausted = true;
        if (state == State.ANSWERED) {
            complete(true);
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
        // not here: the container's thread may know nothing of the application, and must not wait
        execute(doors.scheduler(), () -> deliver(failure));
    }

    private static void execute(Executor executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) { // the server stops
            task.run();
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
                complete(isWhole());
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
        if (exhausted) {
            return false;
        }
        async.getResponse().flushBuffer();
        synchronized (this) {
            state = State.ANSWERED;
            if (deadline != null) {
                deadline.cancel();
            }
            deadline = late ? completeAfterSilence() : doors.timer().schedule(timeout, this::waitNoLonger);
        }
        // if the container has told that there is something, it does not tell again until it was read
        return read() && !isWhole();
    }

    private boolean isWhole() {
        return exhausted || (state != State.COMPLETED && in.isFinished());
    }

    /** From now on the next byte ends the connection. */
    private synchronized void waitNoLonger() {
        late = true;
        if (state == State.ANSWERED) {
            deadline = completeAfterSilence();
        }
    }

    private Timer completeAfterSilence() {
        return doors.timer().schedule(LONGEST_SILENCE, () -> complete(false));
    }

    private void complete(boolean whole) {
        synchronized (this) {
            if (state == State.COMPLETED) {
                return;
            }
            state = State.COMPLETED;
            if (deadline != null) {
                deadline.cancel();
            }
        }
        if (!whole) { // may wait for the client
            doors.slowCloses().add(this::completeNow);
        } else if (doors.quirks().completeOnExecutor()) {
            execute(doors.registry().context().executor(), this::completeNow);
        } else {
            completeNow();
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
