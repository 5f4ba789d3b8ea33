/** The audit trail: a table with one hash chain for each hub, signed checkpoints, and how it is proved, searched and pruned. */
@NullMarked
package org.ehrhub.store.audit;

import org.jspecify.annotations.NullMarked;
