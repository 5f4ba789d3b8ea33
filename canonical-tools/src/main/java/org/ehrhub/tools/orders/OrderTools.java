package org.ehrhub.tools.orders;

import org.ehrhub.tools.CanonicalTool.Write;
import org.ehrhub.tools.Risk;

/** The tools about orders and referrals. */
public final class OrderTools {
    /** Drafts an order. */
    public static final Write<OrderDraft, Order> DRAFT =
            new Write<>("order.draft", OrderDraft.class, Order.class, Risk.DRAFT);
    /** Drafts a referral. */
    public static final Write<ReferralDraft, Order> DRAFT_REFERRAL =
            new Write<>("referral.draft", ReferralDraft.class, Order.class, Risk.DRAFT);
    /** Makes a referral active. */
    public static final Write<ReferralSubmit, Order> SUBMIT_REFERRAL =
            new Write<>("referral.submit", ReferralSubmit.class, Order.class, Risk.HIGH_IMPACT);

    private OrderTools() {}
}
