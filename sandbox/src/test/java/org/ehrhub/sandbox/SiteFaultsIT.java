package org.ehrhub.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SiteFaultsIT {
    private Sandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(0, Client.MONDAY);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void countsRequestsOfEachSite() throws Exception {
        Client.get(sandbox, "lakeside", "/Patient/lk-1001");
        Client.get(sandbox, "lakeside", "/Patient/nobody");
        assertThat(sandbox.site("lakeside").requests()).isEqualTo(2);
        assertThat(sandbox.site("stmarys").requests()).isZero();
    }

    @Test
    void countsWritesButNoSearchByFormAndNoReadingOperation() throws Exception {
        var site = sandbox.site("stmarys");
        Client.get(sandbox, "stmarys", "/Patient/sm-1001");
        Client.send(sandbox, "POST", "/Patient/_search", "", "Accept", "application/fhir+json");
        Client.send(sandbox, "POST", "/ConceptMap/$translate", "{\"resourceType\":\"Parameters\"}");
        assertThat(site.writes()).isZero();
        Client.send(sandbox, "POST", "/Patient", "{\"resourceType\":\"Patient\"}");
        Client.send(sandbox, "POST", "/Claim/$submit", "{\"resourceType\":\"Claim\"}");
        Client.patch(sandbox, "/Patient/sm-1001", "[]");
        assertThat(site.writes()).isEqualTo(3);
        assertThat(site.requests()).isEqualTo(6);
    }

    @Test
    void doesWritesWhoseAnswersItLoses() throws Exception {
        var site = sandbox.site("stmarys");
        site.fault(Fault.LOSES_ANSWERS);
        String body = "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Lost\"}]}";
        assertThatThrownBy(() -> Client.send(sandbox, "POST", "/Patient", body)).isInstanceOf(IOException.class);
        assertThat(site.writes()).isOne();
        assertThat(Client.get(sandbox, "stmarys", "/Patient?family=lost").body())
                .contains("\"total\":1");
    }

    @Test
    void answersSearchesWithEverybodyWhenItIgnoresFilters() throws Exception {
        sandbox.site("lakeside").fault(Fault.IGNORES_FILTERS);
        String answer = Client.get(sandbox, "lakeside", "/Coverage?beneficiary=Patient/lk-1001&_count=3")
                .body();
        assertThat(answer).contains("\"total\":220").contains("lk-1002-cov-1").contains("beneficiary=");
        sandbox.site("lakeside").fault(Fault.NONE);
        assertThat(Client.get(sandbox, "lakeside", "/Coverage?beneficiary=Patient/lk-1001")
                        .body())
                .contains("\"total\":1");
    }

    @Test
    void closesTheConnectionOfASiteThatIsDown() throws Exception {
        sandbox.site("lakeside").fault(Fault.DOWN);
        assertThatThrownBy(() -> Client.get(sandbox, "lakeside", "/Patient/lk-1001"))
                .isInstanceOf(IOException.class);
        assertThat(Client.get(sandbox, "stmarys", "/Patient/sm-1001").statusCode())
                .isEqualTo(200);
        sandbox.site("lakeside").fault(Fault.NONE);
        assertThat(Client.get(sandbox, "lakeside", "/Patient/lk-1001").statusCode())
                .isEqualTo(200);
    }

    @Test
    void holdsRequestsOfASiteThatHangsUntilItIsCleared() throws Exception {
        sandbox.site("lakeside").fault(Fault.HANG);
        CompletableFuture<HttpResponse<String>> held = inBackground("lakeside", "/Patient/lk-1001");
        assertThat(Client.get(sandbox, "stmarys", "/Patient/sm-1001").statusCode())
                .isEqualTo(200);
        awaitRequest(sandbox.site("lakeside"));
        assertThat(held).isNotDone();
        sandbox.site("lakeside").fault(Fault.NONE);
        assertThat(held.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void closesAlthoughARequestHangs() {
        var hanging = Sandbox.start(0, Client.MONDAY);
        hanging.site("stmarys").fault(Fault.HANG);
        var held = CompletableFuture.supplyAsync(() -> {
            try {
                return Client.get(hanging, "stmarys", "/Patient/sm-1001").statusCode();
            } catch (IOException | InterruptedException e) {
                return -1;
            }
        });
        awaitRequest(hanging.site("stmarys"));
        hanging.close();
        assertThat(held).succeedsWithin(java.time.Duration.ofSeconds(10)).isEqualTo(-1);
    }

    private static void awaitRequest(Site site) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (site.requests() == 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(site.requests()).isOne();
    }

    private CompletableFuture<HttpResponse<String>> inBackground(String site, String relative) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return Client.get(sandbox, site, relative);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
