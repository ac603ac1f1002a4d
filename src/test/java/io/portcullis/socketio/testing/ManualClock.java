package io.portcullis.socketio.testing;

import io.portcullis.socketio.engine.TimerWheel;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Confined to its test. A monotonic clock that stands still until it is told to go on, and the wheel that it turns. It
 * starts just before its value overflows, as it may in life.
 */
public final class ManualClock implements LongSupplier {

    /** How often the wheel is turned. */
    public static final Duration TICK = Duration.ofMillis(10);

    private long now = Long.MAX_VALUE - 1_000_000_007L;
    private final TimerWheel wheel = new TimerWheel(TICK.toNanos(), this);

    @Override
    public long getAsLong() {
        return now;
    }

    public TimerWheel wheel() {
        return wheel;
    }

    /** Lets time pass, turning the wheel at every tick. */
    public void advance(Duration time) {
        long end = now + time.toNanos();
        while (now != end) {
            now += Math.min(TICK.toNanos(), end - now);
            wheel.turn();
        }
    }

    /** Lets time pass without turning the wheel, as between two ticks. */
    public void drift(Duration time) {
        now += time.toNanos();
    }

    /** Lets time pass at once, as when the machine was asleep. */
    public void jump(Duration time) {
        drift(time);
        wheel.turn();
    }
}
