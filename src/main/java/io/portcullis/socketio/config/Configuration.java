package io.portcullis.socketio.config;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Thread-safe. Reads the configuration once, at start, for all that the container makes. */
@ApplicationScoped
public class Configuration {

    private volatile @Nullable Read read;

    private record Read(ServerConfig server, List<EffectiveValue> effective) {}

    /** For the container. */
    public Configuration() {}

    /**
     * What the configuration says.
     *
     * @return the same values every time
     * @throws ConfigurationException with one sentence for each mistake
     */
    public ServerConfig server() {
        return read().server();
    }

    /**
     * What is in force and where it comes from; secrets are not shown.
     *
     * @return each key of the server, then each key of each endpoint
     */
    public List<EffectiveValue> effective() {
        return read().effective();
    }

    private Read read() {
        Read known = read;
        return known == null ? readNow() : known;
    }

    private synchronized Read readNow() {
        Read known = read;
        if (known == null) {
            Config config = ConfigProvider.getConfig();
            ServerConfig server = ServerConfig.from(config);
            known = new Read(server, server.effective(config));
            read = known;
        }
        return known;
    }
}
