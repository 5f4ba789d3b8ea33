package org.ehrhub.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WebServerTest {
    @Test
    void hearsNothingOfTheProcessesEnvironment() {
        assertThat(System.getenv()).containsKey("PATH");
        assertThat(WebServer.sealed().getProperty("PATH")).isNull();
        assertThat(WebServer.sealed().getProperty("java.version")).isNull();
    }
}
