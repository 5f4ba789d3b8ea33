/** Messages to patients. */
@NullMarked
package org.ehrhub.tools.messages;

import org.jspecify.annotations.NullMarked;
