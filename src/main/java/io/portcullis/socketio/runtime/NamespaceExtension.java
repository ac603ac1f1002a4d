package io.portcullis.socketio.runtime;

import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.NonBlocking;
import io.portcullis.socketio.OnAny;
import io.portcullis.socketio.OnAnyOutgoing;
import io.portcullis.socketio.OnConnect;
import io.portcullis.socketio.OnDisconnect;
import io.portcullis.socketio.OnDisconnecting;
import io.portcullis.socketio.OnEvent;
import io.portcullis.socketio.OnServerEvent;
import io.portcullis.socketio.Socket;
import io.portcullis.socketio.config.ConfigurationException;
import io.portcullis.socketio.config.EndpointConfig;
import io.portcullis.socketio.config.ServerConfig;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.validation.Validation;
import jakarta.validation.ValidationException;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Called by the CDI container, on one thread while the application is deployed; afterwards immutable. Finds the {@link
 * Namespace} beans, checks them, and fails the deployment with a sentence for each mistake. Also brings {@code @Inject
 * Socket} and the context of {@code @SocketScoped}.
 */
public class NamespaceExtension implements Extension {

    private static final Comparator<Class<?>> BY_NAME = Comparator.comparing(Class::getName);

    /** All classes that have something to do with namespaces, beans or not. */
    private final Set<Class<?>> seen = new LinkedHashSet<>();

    private final Map<Class<?>, Bean<?>> beans = new TreeMap<>(BY_NAME);
    private List<NamespaceBean> namespaces = List.of();
    private @Nullable Jsonb jsonb;

    /** The beans in the order of their classes' names; complete when the deployment is validated. */
    List<NamespaceBean> namespaces() {
        return namespaces;
    }

    /** Binds what clients send. */
    ArgumentBinder binder() {
        return new ArgumentBinder(jsonb());
    }

    /** Writes what clients receive. */
    ArgumentWriter writer() {
        return new ArgumentWriter(jsonb());
    }

    private Jsonb jsonb() {
        return Objects.requireNonNull(jsonb, "asked before the deployment was validated");
    }

    void see(
            @Observes
                    @WithAnnotations({
                        Namespace.class,
                        OnConnect.class,
                        OnEvent.class,
                        OnAny.class,
                        OnAnyOutgoing.class,
                        OnServerEvent.class,
                        OnDisconnecting.class,
                        OnDisconnect.class,
                        NonBlocking.class
                    })
                    ProcessAnnotatedType<?> event) {
        seen.add(event.getAnnotatedType().getJavaClass());
    }

    void find(@Observes ProcessManagedBean<?> event) {
        Class<?> type = event.getBean().getBeanClass();
        if (type.isAnnotationPresent(Namespace.class)) {
            beans.put(type, event.getBean());
        }
    }

    /** As early as possible, because CDI's own sentences about classes it cannot proxy would come first. */
    void check(@Observes AfterBeanDiscovery event) {
        seen.stream()
                .filter(type -> !isSuperclass(type))
                .sorted(BY_NAME)
                .flatMap(type -> NamespaceChecker.problems(type).stream())
                .forEach(sentence -> event.addDefinitionError(new DeploymentException(sentence)));
        event.addContext(new SocketContext());
        event.<Socket>addBean()
                .beanClass(InjectedSocket.class)
                .types(Socket.class, Object.class)
                .scope(Dependent.class)
                .createWith(context -> new InjectedSocket());
    }

    /** Handlers may be inherited, so a superclass of a namespace need not be one. */
    private boolean isSuperclass(Class<?> type) {
        return !type.isAnnotationPresent(Namespace.class)
                && !type.isInterface()
                && seen.stream()
                        .filter(other -> other.isAnnotationPresent(Namespace.class))
                        .anyMatch(type::isAssignableFrom);
    }

    void complete(@Observes AfterDeploymentValidation event, BeanManager manager) {
        List<String> endpoints = checkConfiguration(event);
        jsonb = JsonbBuilder.create(BinaryValues.config());
        ArgumentBinder binder = binder();
        ArgumentValidator validator = new ArgumentValidator(() -> validator(manager));
        namespaces = beans.entrySet().stream()
                .map(entry -> new NamespaceBean(
                        entry.getKey(), () -> reference(manager, entry.getKey(), entry.getValue()), binder, validator))
                .toList();
        beans.forEach((type, bean) -> {
            if (!bean.getTypes().contains(type)) {
                event.addDeploymentProblem(new DeploymentException(type.getSimpleName()
                        + " hides its own type with @Typed, so that its handlers cannot be called; remove @Typed."));
            }
        });
        checkEndpoints(event, endpoints);
        NamespaceClashes.of(namespaces)
                .forEach(sentence -> event.addDeploymentProblem(new DeploymentException(sentence)));
    }

    /** Here and not only where it is used: an exception of a listener does not stop the application everywhere. */
    private static List<String> checkConfiguration(AfterDeploymentValidation event) {
        try {
            return ServerConfig.from(ConfigProvider.getConfig()).endpoints().stream()
                    .map(EndpointConfig::name)
                    .toList();
        } catch (ConfigurationException e) {
            event.addDeploymentProblem(new DeploymentException(e.getMessage()));
            return List.of();
        }
    }

    private void checkEndpoints(AfterDeploymentValidation event, List<String> endpoints) {
        for (NamespaceBean namespace : endpoints.isEmpty() ? List.<NamespaceBean>of() : namespaces) {
            namespace.endpoints().stream()
                    .filter(name -> !endpoints.contains(name))
                    .forEach(name -> event.addDeploymentProblem(
                            new DeploymentException(namespace.type().getSimpleName() + " is for the endpoint \"" + name
                                    + "\", which is not configured; set socketio.endpoint." + name
                                    + ".path, or name one of " + endpoints + ".")));
        }
    }

    private static Object reference(BeanManager manager, Class<?> type, Bean<?> bean) {
        return manager.getReference(bean, type, manager.createCreationalContext(bean));
    }

    /** The application's, so that its validators may have injected beans; else a plain one, if there is a provider. */
    private static @Nullable Validator validator(BeanManager manager) {
        Instance<Validator> ofApplication = manager.createInstance().select(Validator.class);
        if (ofApplication.isResolvable()) {
            return ofApplication.get();
        }
        try {
            return Validation.buildDefaultValidatorFactory().getValidator();
        } catch (ValidationException e) {
            System.getLogger(NamespaceExtension.class.getName())
                    .log(System.Logger.Level.DEBUG, "No Bean Validation provider answered.", e);
            return null;
        }
    }

    void close(@Observes BeforeShutdown event) throws Exception {
        if (jsonb != null) {
            jsonb.close();
        }
    }
}
