package org.ehrhub.routes.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    @Test
    void oneReadInTenIsTriedAgainOnceWhatWasSavedIsUsedUp() {
        var budget = new RetryBudget();

        var again = IntStream.range(0, 1000)
                .filter(i -> {
                    budget.made();
                    return budget.again();
                })
                .count();

        assertThat(again).isBetween(105L, 112L);
    }
}
