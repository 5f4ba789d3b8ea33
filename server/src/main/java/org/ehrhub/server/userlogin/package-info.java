/** Pages on which the hub's users log in to EHRs that let in nobody else. */
@NullMarked
package org.ehrhub.server.userlogin;

import org.jspecify.annotations.NullMarked;
