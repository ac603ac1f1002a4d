package io.portcullis.socketio.rest;

import io.portcullis.socketio.config.ServerConfig;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/**
 * Immutable. The administration as an application of Jakarta REST beside those that the user has. It names its classes: none
 * of the user's is looked for. All of ours have the path {@code /}, so that a class of the user's with a path of its own goes
 * first where a server has found ours, too.
 */
@ApplicationPath(AdministrationApplication.PATH)
public class AdministrationApplication extends Application {

    static final String PATH = ServerConfig.ADMINISTRATION;

    /** For the container. */
    public AdministrationApplication() {}

    /** Jersey, which is in Payara, would describe the resources to everybody. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                AdministrationFilter.class,
                RefusalMapper.class,
                OriginsResource.class,
                AuditResource.class,
                SocketsResource.class,
                LimitsResource.class,
                ConfigurationResource.class,
                DescriptionResource.class);
    }
}
