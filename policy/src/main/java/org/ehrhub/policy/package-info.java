/** Who may do what: policy, approvals, the idempotency ledger and the audit trail. Contracts and logic, no input or output. */
@NullMarked
package org.ehrhub.policy;

import org.jspecify.annotations.NullMarked;
