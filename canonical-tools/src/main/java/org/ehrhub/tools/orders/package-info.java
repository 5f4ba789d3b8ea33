/** Orders and referrals: drafted by an agent, signed by a person. */
@NullMarked
package org.ehrhub.tools.orders;

import org.jspecify.annotations.NullMarked;
