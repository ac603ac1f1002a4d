package io.portcullis.socketio.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Confined to its thread. What the virtual machine of the server under test uses, seen through JMX. */
public final class ServerJvm implements AutoCloseable {

    /** Longer than idle threads of the servers' pools live, a minute. */
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private static final int COLLECTIONS = 3;

    private final JMXConnector connector;
    private final MemoryMXBean memory;
    private final ThreadMXBean threads;

    private ServerJvm(JMXConnector connector) throws IOException {
        this.connector = connector;
        MBeanServerConnection beans = connector.getMBeanServerConnection();
        this.memory = ManagementFactory.getPlatformMXBean(beans, MemoryMXBean.class);
        this.threads = ManagementFactory.getPlatformMXBean(beans, ThreadMXBean.class);
    }

    /** Of the fixture's server. */
    public static ServerJvm attach() {
        return attach(FixtureServer.uri());
    }

    /** Of a server that {@code server-config/run} has started for this checkout. */
    public static ServerJvm attach(URI server) {
        Path pid = ServerProcess.folder(server).resolve("pid");
        assumeTrue(Files.exists(pid), "The server runs elsewhere: its virtual machine cannot be looked at.");
        try {
            VirtualMachine machine = VirtualMachine.attach(Files.readString(pid).strip());
            try {
                JMXServiceURL url = new JMXServiceURL(machine.startLocalManagementAgent());
                return new ServerJvm(JMXConnectorFactory.connect(url));
            } finally {
                machine.detach();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("The server's virtual machine cannot be attached to.", e);
        }
    }

    /** Bytes of the heap that are in use, garbage not counted. */
    public long heap() {
        for (int i = 0; i < COLLECTIONS; i++) {
            memory.gc(); // what is weakly referenced goes in steps
        }
        return memory.getHeapMemoryUsage().getUsed();
    }

    /**
     * How many copies there are of a class of which instances are always there, such as an enum: an application that has gone takes its
     * own along.
     */
    public long copies(Class<?> type) {
        heap();
        try {
            Object histogram = connector
                    .getMBeanServerConnection()
                    .invoke(
                            ObjectName.getInstance("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            Pattern line = Pattern.compile("\\s+\\d+:\\s+\\d+\\s+\\d+\\s+" + Pattern.quote(type.getName()) + "( .*)?");
            return histogram.toString().lines().filter(line.asMatchPredicate()).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JMException e) {
            throw new IllegalStateException("This virtual machine does not count its objects.", e);
        }
    }

    public int threads() {
        return threads.getThreadCount();
    }

    /** Waits until no more is used than this. */
    public void awaitAtMost(long heap, int threadCount) {
        await("bytes of the heap")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(this::heap, now -> now <= heap);
        await("threads")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(this::threads, now -> now <= threadCount);
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
