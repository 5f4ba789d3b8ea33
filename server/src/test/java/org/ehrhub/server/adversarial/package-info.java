/** The whole hub, as it is configured, against hostile callers and hostile EHRs. */
package org.ehrhub.server.adversarial;
