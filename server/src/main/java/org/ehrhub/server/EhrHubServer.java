package org.ehrhub.server;

import org.ehrhub.server.approvals.ApprovalPages;
import org.ehrhub.server.approvals.ApproverDoor;
import org.ehrhub.server.approvals.Visits;
import org.ehrhub.server.mcp.Callers;
import org.ehrhub.server.mcp.McpConfiguration;
import org.ehrhub.server.mcp.McpSettings;
import org.ehrhub.server.mcp.MetricsEndpoint;
import org.ehrhub.server.userlogin.EhrLoginPages;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.actuate.web.ServletManagementContextAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatServletManagementContextAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.actuate.endpoint.web.WebMvcHealthEndpointExtensionAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The Spring application around a hub; the hub itself is no bean of its making. The parts of Spring Boot are named one by
 * one: trying all of them costs a second of every start.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    ConfigurationPropertiesAutoConfiguration.class,
    LifecycleAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    ErrorMvcAutoConfiguration.class,
    EndpointAutoConfiguration.class,
    JacksonEndpointAutoConfiguration.class,
    WebEndpointAutoConfiguration.class,
    ManagementContextAutoConfiguration.class,
    ServletManagementContextAutoConfiguration.class,
    TomcatServletManagementContextAutoConfiguration.class,
    HealthContributorRegistryAutoConfiguration.class,
    HealthContributorAutoConfiguration.class,
    HealthEndpointAutoConfiguration.class,
    WebMvcHealthEndpointExtensionAutoConfiguration.class
})
@Import(McpConfiguration.class)
public class EhrHubServer {
    /** Up when calls are taken; EHRs that are down are the matter of {@code ehr.list}. */
    @Bean
    HealthIndicator hubHealth(StartingHub hub) {
        return () -> (hub.isReady() ? Health.up() : Health.outOfService()).build();
    }

    /** What can be seen of the hub from outside. */
    @Bean
    ServletRegistrationBean<MetricsEndpoint> metricsEndpoint(StartingHub hub, McpSettings settings, Callers callers) {
        var endpoint = new MetricsEndpoint(
                settings, callers, () -> hub.isReady() ? hub.await().metrics().text() : "");
        var registration = new ServletRegistrationBean<>(endpoint, MetricsEndpoint.PATH);
        registration.setName("metrics");
        registration.setEnabled(hub.showsMetrics());
        return registration;
    }

    /** What an EHR's login server checks the hub's signatures by. */
    @Bean
    ServletRegistrationBean<KeysEndpoint> keysEndpoint(StartingHub hub) {
        var registration = new ServletRegistrationBean<>(new KeysEndpoint(hub), KeysEndpoint.PATH);
        registration.setName("keys");
        return registration;
    }

    /** Who is at the hub's pages. */
    @Bean
    Visits visits(ApproverDoor door) {
        return new Visits(door.clock());
    }

    /** Where users log in to EHRs that let in nobody else. */
    @Bean
    ServletRegistrationBean<EhrLoginPages> ehrLoginPages(StartingHub hub, ApproverDoor door, Visits visits) {
        var pages = new EhrLoginPages(ehr -> hub.await().userLogin(ehr), door, visits);
        var registration = new ServletRegistrationBean<>(pages, EhrLoginPages.PATH);
        registration.setName("ehr-logins");
        return registration;
    }

    /** Where people approve calls. */
    @Bean
    ServletRegistrationBean<ApprovalPages> approvalPages(StartingHub hub, ApproverDoor door, Visits visits) {
        var registration = new ServletRegistrationBean<>(
                new ApprovalPages(() -> hub.await().desk(), door, visits), ApprovalPages.paths());
        registration.setName("approvals");
        return registration;
    }
}
