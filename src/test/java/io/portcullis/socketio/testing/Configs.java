package io.portcullis.socketio.testing;

import io.portcullis.socketio.config.EndpointConfig;
import io.portcullis.socketio.config.ServerConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Pure functions that make configurations without a server. */
public final class Configs {

    private Configs() {}

    /** The default endpoint with some settings. */
    public static EndpointConfig endpoint(String... keysAndValues) {
        return server(keysAndValues).endpoints().get(0);
    }

    public static ServerConfig server(String... keysAndValues) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            builder.withDefaultValue("socketio." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return ServerConfig.from(builder.build());
    }
}
