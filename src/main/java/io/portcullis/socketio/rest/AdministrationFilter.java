package io.portcullis.socketio.rest;

import io.portcullis.socketio.config.Configuration;
import io.portcullis.socketio.config.Key;
import io.portcullis.socketio.config.ServerConfig;
import io.portcullis.socketio.security.Audit;
import io.portcullis.socketio.security.AuditType;
import io.portcullis.socketio.security.Identity;
import io.portcullis.socketio.security.Origin;
import io.portcullis.socketio.security.RequestSource;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. Lets administrators in and nobody else: those whom the application server has authenticated and who have the
 * role {@code socketio.admin-role}, and only from a page of this server, or from no page, since browsers may send their
 * credentials by themselves.
 *
 * <p>It is a provider, so that a server that finds our classes for an application of the user's finds this one, too: there is
 * nothing to be seen then.
 */
@Provider
@Administration
@Priority(Priorities.AUTHORIZATION)
@ApplicationScoped
public class AdministrationFilter implements ContainerRequestFilter, ContainerResponseFilter {

    private static final Set<String> NEAR = Set.of("same-origin", "none");
    private static final Set<String> WITH_BODY = Set.of("POST", "PATCH");

    @Inject
    Configuration configuration;

    @Inject
    Audit audit;

    @Inject
    Caller caller;

    /** For the container. */
    @SuppressWarnings("NullAway.Init") // the container injects
    public AdministrationFilter() {}

    @Override
    public void filter(ContainerRequestContext request) {
        Refusal refusal = isOurs(request) ? judge(request) : new Refusal(404, "There is nothing here.");
        if (refusal != null) {
            request.abortWith(refusal.response());
        }
    }

    private @Nullable Refusal judge(ContainerRequestContext request) {
        SecurityContext security = request.getSecurityContext();
        RequestSource source = (RequestSource) request.getProperty(RequestSource.PROPERTY);
        caller.identify(Identity.of(security.getUserPrincipal()), source == null ? null : source.address());
        ServerConfig config = configuration.server();
        if (config.requiresTls(config.endpoints().get(0)) && (source == null || !source.secure())) {
            return denied(request, "tls", "The request is not encrypted.");
        }
        if (security.getUserPrincipal() == null) {
            if (request.getHeaders().containsKey(HttpHeaders.AUTHORIZATION)) {
                record(AuditType.AUTHENTICATION_FAILED, request, "credentials");
            }
            return new Refusal(401, "Authenticate as an administrator.");
        }
        String role = config.get(Key.ADMIN_ROLE);
        if (!security.isUserInRole(role)) {
            return denied(request, "role", "You do not have the role '" + role + "'.");
        }
        if (!isNear(request, source)) {
            return denied(request, "foreign_page", "The request comes from a page of another origin.");
        }
        boolean isJson = MediaType.APPLICATION_JSON_TYPE.isCompatible(typeOf(request));
        return WITH_BODY.contains(request.getMethod()) && !isJson
                ? new Refusal(415, "Send JSON, with the content type application/json.")
                : null;
    }

    private Refusal denied(ContainerRequestContext request, String code, String sentence) {
        record(AuditType.ACCESS_DENIED, request, code);
        return new Refusal(403, sentence);
    }

    /** Another application's may have found our classes. */
    private static boolean isOurs(ContainerRequestContext request) {
        String base = request.getUriInfo().getBaseUri().getPath();
        return base.endsWith("/" + AdministrationApplication.PATH + "/");
    }

    private static boolean isNear(ContainerRequestContext request, @Nullable RequestSource source) {
        List<String> sites = request.getHeaders().getOrDefault("Sec-Fetch-Site", List.of());
        List<String> origins = request.getHeaders().getOrDefault("Origin", List.of());
        Origin own = source == null ? null : source.own();
        return NEAR.containsAll(sites)
                && origins.stream().allMatch(each -> own != null && own.equals(Origin.parse(each)));
    }

    /** A wildcard, which is compatible with everything, is no type of a body. */
    private static MediaType typeOf(ContainerRequestContext request) {
        MediaType type = request.getMediaType();
        return type == null || type.isWildcardType() || type.isWildcardSubtype()
                ? MediaType.APPLICATION_OCTET_STREAM_TYPE
                : type;
    }

    private void record(AuditType type, ContainerRequestContext request, String code) {
        String path = request.getUriInfo().getPath();
        audit.record(caller.event(type, null)
                .withTarget(request.getMethod() + " " + (path.startsWith("/") ? path.substring(1) : path))
                .withCode(code));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.getHeaders().putSingle("Cache-Control", "no-store");
        response.getHeaders().putSingle("X-Content-Type-Options", "nosniff");
    }
}
