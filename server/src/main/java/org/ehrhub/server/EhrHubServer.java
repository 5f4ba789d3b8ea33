package org.ehrhub.server;

import org.ehrhub.server.mcp.McpConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** The Spring application around a hub; the hub itself is no bean of its making. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(McpConfiguration.class)
public class EhrHubServer {
    /** Up when calls are taken; EHRs that are down are the matter of {@code ehr.list}. */
    @Bean
    HealthIndicator hubHealth(StartingHub hub) {
        return () -> (hub.isReady() ? Health.up() : Health.outOfService()).build();
    }
}
