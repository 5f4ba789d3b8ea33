/** HL7 v2 messages that leave through Medplum's Agents. */
@NullMarked
package org.ehrhub.medplum.agents;

import org.jspecify.annotations.NullMarked;
