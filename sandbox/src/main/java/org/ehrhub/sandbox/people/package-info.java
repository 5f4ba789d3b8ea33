/** The synthetic people of the sandbox and everything in their charts, from one seeded generator. */
@NullMarked
package org.ehrhub.sandbox.people;

import org.jspecify.annotations.NullMarked;
