package org.ehrhub.routes.steps;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.ehrhub.policy.Policy;
import org.ehrhub.policy.Policy.Grant;
import org.ehrhub.routes.CallRefused;
import org.ehrhub.routes.Permission;
import org.junit.jupiter.api.Test;

class AuthoriseTest {
    private final Authorise step = new Authorise(new Permission(
            new Policy(List.of(new Grant("nurse", "alpha", true, Set.of())), Set.of()), InstantSource.system()));

    @Test
    void letsAnAllowedCallGoOn() {
        assertThatCode(() -> step.apply(SampleCalls.get())).doesNotThrowAnyException();
    }

    @Test
    void refusesWhenOneEhrOfSeveralIsNotAllowed() {
        assertThatThrownBy(() -> step.apply(SampleCalls.search("alpha", "beta")))
                .isInstanceOf(CallRefused.class)
                .hasMessageContaining("policy does not allow");
    }

    @Test
    void refusesACallThatGoesNowhere() {
        assertThatThrownBy(() -> step.apply(SampleCalls.search())).isInstanceOf(CallRefused.class);
    }

    @Test
    void refusesAWriteThatIsNotNamed() {
        assertThatThrownBy(() -> step.apply(SampleCalls.create(null))).isInstanceOf(CallRefused.class);
    }
}
