/** A hub that is killed again and again while it writes to an EHR that loses answers. */
package org.ehrhub.server.soak;
