/** Where the hub keeps its records: the audit trail, the idempotency ledger and its own key, as files of the data directory. */
@NullMarked
package org.ehrhub.store;

import org.jspecify.annotations.NullMarked;
