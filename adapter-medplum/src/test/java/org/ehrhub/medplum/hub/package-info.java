/** A whole hub, with its policy, approvals and ledger, in front of a Medplum. */
@NullMarked
package org.ehrhub.medplum.hub;

import org.jspecify.annotations.NullMarked;
