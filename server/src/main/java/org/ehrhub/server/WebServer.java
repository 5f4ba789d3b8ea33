package org.ehrhub.server;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.ehrhub.server.approvals.ApproverDoor;
import org.ehrhub.server.config.ServerSettings;
import org.ehrhub.server.config.TlsSettings;
import org.ehrhub.server.mcp.Callers;
import org.ehrhub.server.mcp.McpSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/** The hub's HTTP side: MCP at {@code /mcp}, {@code /approvals} and {@code /actuator/health}, on Spring Boot. */
public final class WebServer implements AutoCloseable {
    /** What the hub decides itself, above whatever the environment says to Spring. */
    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("spring.threads.virtual.enabled", "true"),
            Map.entry("spring.mvc.servlet.load-on-startup", "-1"),
            Map.entry("spring.main.lazy-initialization", "true"),
            Map.entry("server.shutdown", "graceful"),
            // Tokens that list many roles are longer than the usual 8 KB.
            Map.entry("server.max-http-request-header-size", "24KB"),
            Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "10s"),
            // A path is what somebody typed, and so may be a patient's name.
            Map.entry("spring.web.error.include-path", "never"),
            Map.entry("management.endpoints.access.default", "none"),
            Map.entry("management.endpoint.health.access", "read-only"),
            Map.entry("management.endpoints.web.exposure.include", "health"),
            Map.entry("spring.config.location", "optional:classpath:/no-configuration-of-springs-own/"),
            Map.entry("management.endpoint.health.show-details", "never"),
            Map.entry("management.health.defaults.enabled", "false"));

    private final ConfigurableApplicationContext context;

    private WebServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts it.
     *
     * @throws org.springframework.boot.web.server.PortInUseException when the port is taken
     */
    public static WebServer start(
            ServerSettings settings, StartingHub hub, McpSettings mcp, Callers callers, ApproverDoor door) {
        var application = new SpringApplication(EhrHubServer.class);
        application.setEnvironment(sealed());
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.addInitializers((ApplicationContextInitializer<GenericApplicationContext>) context -> {
            context.registerBean(StartingHub.class, () -> hub, definition -> definition.setDestroyMethodName(""));
            context.registerBean(McpSettings.class, () -> mcp);
            context.registerBean(Callers.class, () -> callers);
            context.registerBean(ApproverDoor.class, () -> door);
            if (!settings.trustedProxy().isEmpty()) {
                context.registerBean(FilterRegistrationBean.class, () -> onlyFrom(settings.trustedProxy()));
            }
        });
        var arguments = Stream.concat(
                        FIXED.entrySet().stream().map(entry -> "--" + entry.getKey() + "=" + entry.getValue()),
                        Stream.concat(
                                Stream.of("--server.address=" + settings.address(), "--server.port=" + settings.port()),
                                tls(settings.tls())))
                .toArray(String[]::new);
        return new WebServer(application.run(arguments));
    }

    private static Stream<String> tls(@Nullable TlsSettings tls) {
        return tls == null
                ? Stream.empty()
                : Stream.of(
                        "--server.ssl.certificate=" + tls.certificate().toUri(),
                        "--server.ssl.certificate-private-key=" + tls.key().toUri(),
                        "--server.ssl.enabled-protocols=TLSv1.3,TLSv1.2");
    }

    private static FilterRegistrationBean<TrustedProxy> onlyFrom(Set<String> proxies) {
        var registration = new FilterRegistrationBean<>(new TrustedProxy(proxies));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setAsyncSupported(true);
        return registration;
    }

    /** An environment that hears nothing of this process's variables and properties: they could open another port. */
    static ConfigurableEnvironment sealed() {
        return new StandardEnvironment() {
            @Override
            protected void customizePropertySources(MutablePropertySources sources) {
                // none
            }
        };
    }

    /** The port it listens on. */
    public int port() {
        var server = ((WebServerApplicationContext) context).getWebServer();
        return server == null ? -1 : server.getPort();
    }

    @Override
    public void close() {
        context.close();
    }
}
