/** A hub in memory for tests: ledger, audit trail, scripted EHRs and what is around them. */
@NullMarked
package org.ehrhub.routes.fakes;

import org.jspecify.annotations.NullMarked;
