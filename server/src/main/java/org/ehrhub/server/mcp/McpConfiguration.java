package org.ehrhub.server.mcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.ehrhub.routes.ToolCaller;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The MCP server among the hub's other parts: the HTTP endpoint where there is a web server, and the local socket where one is set. */
@Configuration(proxyBeanMethods = false)
public class McpConfiguration {
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final ToolCaller hub;
    private final McpSettings settings;

    /** Serves this hub. */
    public McpConfiguration(ToolCaller hub, McpSettings settings) {
        this.hub = hub;
        this.settings = settings;
    }

    @Bean
    @ConditionalOnMissingBean
    Callers callers() {
        return new LoopbackCallers();
    }

    @Bean
    McpToolServer mcpToolServer() {
        return new McpToolServer(hub, settings);
    }

    @Bean
    LineSessions lineSessions(McpToolServer server) {
        return new LineSessions(server);
    }

    @Bean
    SmartLifecycle localSocketLife(LineSessions sessions, Callers callers) {
        var socket = settings.socketOrNull();
        var server = socket == null
                ? null
                : new LocalSocketServer(socket, sessions, callers.localUser(), settings.maxLocalClients());
        return new LastUpFirstDown() {
            @Override
            void up() throws IOException {
                if (server != null) {
                    server.start();
                }
            }

            @Override
            void down() throws IOException {
                if (server != null) {
                    server.close();
                }
            }
        };
    }

    /** The HTTP side, where there is a web server. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class Http {
        @Bean
        ServletRegistrationBean<McpEndpoint> mcpEndpoint(McpToolServer server, Callers callers) {
            var registration = new ServletRegistrationBean<>(new McpEndpoint(server, callers), McpEndpoint.PATH);
            registration.setName("mcp");
            registration.setAsyncSupported(true);
            registration.setLoadOnStartup(1);
            return registration;
        }

        /** What a login tells clients that have no token yet. */
        @Bean
        ServletRegistrationBean<PublicDocuments> publicDocuments(Callers callers) {
            var documents = callers.documents();
            var registration = new ServletRegistrationBean<>(
                    new PublicDocuments(documents), documents.keySet().toArray(String[]::new));
            registration.setName("public");
            registration.setEnabled(!documents.isEmpty());
            return registration;
        }

        /** A connection serves as many calls as its client makes; Tomcat's own limit of 100 costs a reconnect in mid-work. */
        @Bean
        WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> lastingConnections() {
            return tomcat -> tomcat.addConnectorCustomizers(connector -> {
                if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
                    http.setMaxKeepAliveRequests(-1);
                }
            });
        }

        /** Open streams would hold up the web server's own graceful stop, which comes after this. */
        @Bean
        SmartLifecycle mcpEndpointLife(ServletRegistrationBean<McpEndpoint> endpoint) {
            return new LastUpFirstDown() {
                @Override
                void down() {
                    var servlet = endpoint.getServlet();
                    if (servlet != null) {
                        servlet.drain(DRAIN);
                    }
                }
            };
        }
    }

    /** What starts after everything it needs and stops before it. */
    private abstract static class LastUpFirstDown implements SmartLifecycle {
        private volatile boolean running;

        void up() throws IOException {}

        abstract void down() throws IOException;

        @Override
        public void start() {
            try {
                up();
                running = true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void stop() {
            running = false;
            try {
                down();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }
}
