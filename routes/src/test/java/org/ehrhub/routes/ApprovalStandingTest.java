package org.ehrhub.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.ehrhub.policy.Policy;
import org.ehrhub.policy.Policy.Grant;
import org.ehrhub.routes.fakes.TestHub;
import org.ehrhub.testkit.FakeEhr;
import org.ehrhub.tools.CanonicalTool;
import org.junit.jupiter.api.Test;

/** Who is offered {@code approval.status}: those of whose calls one may need an approval. */
class ApprovalStandingTest {
    private final FakeEhr alpha = FakeEhr.named("alpha");

    private TestHub start(String write) throws Exception {
        var grant = new Grant("nurse", "alpha", true, Set.of(write));
        return TestHub.of(alpha.entry())
                .with(new Policy(List.of(grant), Set.of()))
                .start();
    }

    @Test
    void itIsOfferedWithAWriteThatNeedsAnApproval() throws Exception {
        try (var hub = start("patient.update")) {
            assertThat(hub.routes().toolsOf(TestHub.NURSE))
                    .extracting(CanonicalTool::name)
                    .contains("approval.status");
        }
    }

    @Test
    void itIsNeitherOfferedNorAnsweredWithoutOne() throws Exception {
        try (var hub = start("appointment.cancel")) {
            assertThat(hub.routes().toolsOf(TestHub.NURSE))
                    .extracting(CanonicalTool::name)
                    .contains("patient.get")
                    .doesNotContain("approval.status");
            assertThat(TestHub.code(hub.call("approval.status", "{'approvalId':'x'}")))
                    .isEqualTo("DENIED");
        }
    }
}
