package org.ehrhub.server;

import java.util.Map;
import java.util.stream.Stream;
import org.ehrhub.server.config.HubConfig;
import org.ehrhub.server.mcp.Callers;
import org.ehrhub.server.mcp.McpSettings;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The hub's HTTP side: MCP at {@code /mcp} and {@code /actuator/health}, on Spring Boot. */
public final class WebServer implements AutoCloseable {
    /** What the hub decides itself, above whatever the environment says to Spring. */
    private static final Map<String, String> FIXED = Map.of(
            "spring.threads.virtual.enabled", "true",
            "spring.mvc.servlet.load-on-startup", "-1",
            "spring.main.lazy-initialization", "true",
            "server.shutdown", "graceful",
            "spring.lifecycle.timeout-per-shutdown-phase", "10s",
            "management.endpoints.access.default", "none",
            "management.endpoint.health.access", "read-only",
            "management.endpoints.web.exposure.include", "health",
            "management.endpoint.health.show-details", "never",
            "management.health.defaults.enabled", "false");

    private final ConfigurableApplicationContext context;

    private WebServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts it.
     *
     * @throws org.springframework.boot.web.server.PortInUseException when the port is taken
     */
    public static WebServer start(HubConfig.Server settings, StartingHub hub, McpSettings mcp, Callers callers) {
        var application = new SpringApplication(EhrHubServer.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.addInitializers((ApplicationContextInitializer<GenericApplicationContext>) context -> {
            context.registerBean(StartingHub.class, () -> hub, definition -> definition.setDestroyMethodName(""));
            context.registerBean(McpSettings.class, () -> mcp);
            context.registerBean(Callers.class, () -> callers);
        });
        var arguments = Stream.concat(
                        FIXED.entrySet().stream().map(entry -> "--" + entry.getKey() + "=" + entry.getValue()),
                        Stream.of("--server.address=" + settings.address(), "--server.port=" + settings.port()))
                .toArray(String[]::new);
        return new WebServer(application.run(arguments));
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
